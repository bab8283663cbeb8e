//! Damaged stores, put aside. The name of each says why, and whether anybody was told: one rename moves the store and notes the loss, so
//! that no kill can come between.

use std::io;
use std::path::PathBuf;

use crate::Damage;
use crate::folder::{Files, Folder, create_dir, exists, names, remove, rename};

/// How many told losses are kept for whoever wants to look into them; each may be as large as the vault.
const KEPT: usize = 2;
const UNTOLD: &str = ".new";

/// A store that was damaged and put aside. What it held is to be fetched from the service again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What was wrong with it.
    pub damage: Damage,
    /// Where it lies now; empty if there was nothing left of it.
    pub kept_at: PathBuf,
}

/// Puts the store aside; one that is gone leaves an empty folder, which still notes the loss.
pub(crate) fn put_aside(folder: &Folder, damage: Damage) -> io::Result<()> {
    let quarantine = folder.quarantine();
    if exists(&quarantine) && !quarantine.is_dir() {
        remove(&quarantine)?;
    }
    create_dir(&quarantine)?;
    let last = names(&quarantine)?.iter().filter_map(|name| number(name)).max().unwrap_or(0);
    let place = quarantine.join(format!("{:04}-{}{UNTOLD}", last.saturating_add(1), damage.id()));
    match rename(&folder.store().0, &place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create_dir(&place),
        moved => moved,
    }
}

/// Losses that nobody was told of yet.
pub(crate) fn untold(folder: &Folder) -> io::Result<Vec<Loss>> {
    let quarantine = folder.quarantine();
    let losses = names(&quarantine)?.into_iter().filter_map(|name| {
        let (_, id) = name.strip_suffix(UNTOLD)?.split_once('-')?;
        let damage = Damage::ALL.into_iter().find(|damage| damage.id() == id)?;
        Some(Loss { damage, kept_at: quarantine.join(name) })
    });
    Ok(losses.collect())
}

/// Notes that the losses were told.
pub(crate) fn told(folder: &Folder, losses: &[Loss]) -> io::Result<()> {
    let untold = losses.iter().filter(|loss| exists(&loss.kept_at));
    untold.map(|loss| &loss.kept_at).try_for_each(|path| rename(path, &path.with_extension("")))?;
    let all = stores(folder)?;
    let old: Vec<_> = all.iter().filter(|files| files.0.extension().is_none()).collect();
    let too_many = old.len().saturating_sub(KEPT);
    old.into_iter().take(too_many).try_for_each(|files| remove(&files.0))
}

/// Every store that was put aside, the oldest first.
pub(crate) fn stores(folder: &Folder) -> io::Result<Vec<Files>> {
    let quarantine = folder.quarantine();
    Ok(names(&quarantine)?.into_iter().map(|name| Files(quarantine.join(name))).collect())
}

fn number(name: &str) -> Option<u32> {
    name.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store_with(folder: &Folder, text: &str) {
        create_dir(&folder.store().0).unwrap();
        std::fs::write(folder.store().head(), text).unwrap();
    }

    #[test]
    fn a_loss_is_untold_until_it_is_told_and_the_last_two_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(dir.path()).unwrap();
        for (index, damage) in Damage::ALL.into_iter().enumerate() {
            store_with(&folder, &index.to_string());
            put_aside(&folder, damage).unwrap();
            let losses = untold(&folder).unwrap();
            assert_eq!(losses.iter().map(|loss| loss.damage).collect::<Vec<_>>(), [damage]);
            told(&folder, &losses).unwrap();
            assert_eq!(untold(&folder).unwrap(), []);
        }
        let kept = stores(&folder).unwrap();
        let texts: Vec<_> = kept.iter().map(|files| std::fs::read_to_string(files.head()).unwrap()).collect();
        assert_eq!(texts, ["7", "8"]);
    }

    #[test]
    fn a_store_that_is_gone_is_a_loss_too() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(dir.path()).unwrap();
        put_aside(&folder, Damage::Missing).unwrap();
        assert_eq!(untold(&folder).unwrap()[0].damage, Damage::Missing);
    }
}
