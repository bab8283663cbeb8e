//! What the vault keeps of the journeys: the model, and the portrait until the service has it.

use std::sync::Arc;

use citizen_journeys::{Held, Model};
use citizen_service::{Life, Moment};
use citizen_text::Language;
use citizen_vault::{Bytes, Changes, Store, StoreError, Table, Tables, Vault};
use zeroize::Zeroizing;

use crate::effects::Then;

static JOURNEYS: Table<Model> = Table::new("journeys");
const MODEL: &str = "model";
static PORTRAIT: Table<Bytes> = Table::new("portrait");
const OWN: &str = "own";
/// There while the holder was not told that a model could not be read.
static PLACE_LOST: Table<bool> = Table::new("place_lost");

type Portrait = Arc<Zeroizing<Vec<u8>>>;

/// The vault, with what it holds of the journeys.
pub(crate) struct Kept {
    vault: Arc<Vault>,
    life: Life,
    /// Not known after a commit that failed.
    there: Option<(Model, Option<Portrait>)>,
}

/// What a start begins with.
pub(crate) struct Begun {
    pub(crate) model: Model,
    pub(crate) held: Held,
    pub(crate) kept: Kept,
    pub(crate) place_lost: bool,
}

/// Why something was not kept.
#[derive(Debug)]
pub(super) enum Unkept {
    /// The process died.
    Dead,
    /// The vault did not keep it; it may have.
    Store(StoreError),
}

impl From<StoreError> for Unkept {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Kept {
    /// Reads what is there. A model that can't be read is given up, and said to be lost: the holder starts at home.
    pub(crate) fn begin(vault: &Arc<Vault>, life: Life, language: Language) -> Result<Begun, StoreError> {
        let model = match vault.get(&JOURNEYS, MODEL) {
            Err(StoreError::Unreadable | StoreError::ValueDamaged) => {
                vault.commit(Changes::new().delete(&JOURNEYS, MODEL).put(&PLACE_LOST, OWN, &true)?)?;
                None
            }
            read => read?,
        };
        let (portrait, has_row) = match vault.get(&PORTRAIT, OWN) {
            Err(StoreError::ValueDamaged) => (None, true),
            read => read.map(|row| (row.clone(), row.is_some()))?,
        };
        let place_lost = vault.get(&PLACE_LOST, OWN)?.is_some();
        let mut held = Held::default();
        if let Some(Bytes(jpeg)) = portrait.filter(|_| model.is_some()) {
            held.put_portrait(jpeg.to_vec());
        }
        // A portrait that is not held again is a row too many: the first commit writes all of it.
        let is_whole = held.portrait().is_some() == has_row;
        let there = model.clone().filter(|_| is_whole).map(|model| (model, held.portrait().cloned()));
        let kept = Self { vault: Arc::clone(vault), life, there };
        Ok(Begun { model: model.unwrap_or_else(|| Model::new(language)), held, kept, place_lost })
    }

    /// The holder knows that the place was lost.
    pub(crate) fn place_told(vault: &Vault) -> Result<(), StoreError> {
        vault.commit(Changes::new().delete(&PLACE_LOST, OWN)).map(drop)
    }

    /// Keeps a model and its portrait, together with what follows from a reply; what is there already is not written again.
    pub(super) fn commit(&mut self, model: &Model, held: &Held, then: &Then) -> Result<(), Unkept> {
        let (known, pictured) = match &self.there {
            Some((known, pictured)) => (known == model, is_same(pictured.as_ref(), held.portrait())),
            None => (false, false),
        };
        if known && pictured && then.is_nothing() {
            return Ok(());
        }
        let mut changes = then.changes(Changes::new())?;
        if !known {
            changes = changes.put(&JOURNEYS, MODEL, model)?;
        }
        if !pictured {
            changes = match held.portrait() {
                Some(jpeg) => changes.put(&PORTRAIT, OWN, &Bytes(Zeroizing::new(jpeg.to_vec())))?,
                None => changes.delete(&PORTRAIT, OWN),
            };
        }
        self.there = None;
        self.write(changes)?;
        self.there = Some((model.clone(), held.portrait().cloned()));
        Ok(())
    }

    /// Keeps what follows from a reply that nobody waits for any more.
    pub(super) fn settle(&mut self, then: &Then) -> Result<(), Unkept> {
        if then.is_due_anyway() { self.write(then.changes(Changes::new())?) } else { Ok(()) }
    }

    fn write(&self, changes: Changes) -> Result<(), Unkept> {
        if !self.life.goes_on(Moment::BeforePersist) {
            return Err(Unkept::Dead);
        }
        self.vault.commit(changes)?;
        if self.life.goes_on(Moment::AfterPersist) { Ok(()) } else { Err(Unkept::Dead) }
    }

    /// Closes the vault, and waits for it if nobody else holds it any more.
    pub(super) fn close(self) {
        if let Ok(vault) = Arc::try_unwrap(self.vault) {
            vault.close();
        }
    }
}

/// The very same picture: another one is another allocation.
fn is_same(one: Option<&Portrait>, other: Option<&Portrait>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use citizen_vault::Schema;

    use super::*;
    use crate::testing::Phone;

    fn vault(phone: &Phone) -> Arc<Vault> {
        let config = citizen_vault::Config { folder: phone.path("vault"), schema: Schema::new(&[]) };
        Arc::new(Vault::open(&config, phone.keys([])).unwrap().vault)
    }

    fn begin(vault: &Arc<Vault>) -> Begun {
        Kept::begin(vault, Life::default(), Language::En).unwrap()
    }

    #[test]
    fn a_portrait_is_there_after_a_restart_until_it_is_let_go() {
        let phone = Phone::new();
        let vault = vault(&phone);
        let Begun { model, mut held, mut kept, .. } = begin(&vault);
        held.put_portrait(b"a picture".to_vec());
        kept.commit(&model, &held, &Then::Nothing).unwrap();

        let Begun { model, held, mut kept, .. } = begin(&vault);
        assert_eq!(held.portrait().map(|jpeg| jpeg.to_vec()), Some(b"a picture".to_vec()));
        let before = vault.generation().unwrap();
        kept.commit(&model, &held, &Then::Nothing).unwrap();
        assert_eq!(vault.generation().unwrap(), before, "what is there is not written again");
        kept.commit(&model, &Held::default(), &Then::Nothing).unwrap();
        assert_eq!(vault.generation().unwrap(), before + 1);
        assert!(begin(&vault).held.portrait().is_none());
    }

    #[test]
    fn a_portrait_without_a_model_goes_with_the_first_commit() {
        let phone = Phone::new();
        let vault = vault(&phone);
        vault.commit(Changes::new().put(&PORTRAIT, OWN, &Bytes(vec![1].into())).unwrap()).unwrap();
        let Begun { model, held, mut kept, .. } = begin(&vault);
        assert!(held.portrait().is_none());
        kept.commit(&model, &held, &Then::Nothing).unwrap();
        assert!(vault.get(&PORTRAIT, OWN).unwrap().is_none());
    }
}
