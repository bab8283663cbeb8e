//! Whether it is the phone's owner: a key of its own in the key store signs something random, and the key store asks for face, finger or
//! the phone's PIN before it does. What a shell answers is checked: a signature can't be made up.

use citizen_journeys::{Failure, Outcome};
use citizen_keystore::{KeyPolicy, KeystoreError, Prompt};
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::fixed_from_der;
use citizen_protocol::wire::Blob;
use citizen_text::{Catalogue, Language};
use citizen_vault::Table;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use super::{Came, Service, Then};

pub(super) static OWNER: Table<OwnerKey> = Table::new("owner");
pub(super) const KEY: &str = "key";

/// In the key store. One name for all times: a key that a kill left without its row is replaced by the next.
const ALIAS: &str = "owner";
/// The strictest first; the phone's own PIN where there is no biometric.
const POLICIES: [KeyPolicy; 2] = [KeyPolicy::Biometric, KeyPolicy::DeviceCredential];
/// Before what is signed: it is no request, and nothing that the service takes.
const CONTEXT: &[u8] = b"eid/owner/1";

/// The key's public part, SPKI DER.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OwnerKey(Blob);

impl Service {
    /// Asks the phone's owner. A key that is gone, or died with a change of the phone's biometrics, is made anew once.
    pub(super) async fn authenticate(&self, title: String, language: Language) -> Result<Came, Failure> {
        let _turn = self.turns.take(ALIAS).await;
        let prompt = prompt(title, language);
        if let Some(key) = self.kept(&OWNER, KEY).await? {
            match self.is_signed(&key, prompt.clone()).await {
                Ok(true) => return Ok((Outcome::Done, Then::Nothing)),
                // Gone, dead, or another: a kill may have come between the making and the keeping.
                Ok(false) | Err(KeystoreError::KeyMissing | KeystoreError::Invalidated) => {}
                Err(error) => return Err(Failure::Keystore(error)),
            }
        }
        let key = self.make_owner().await.map_err(Failure::Keystore)?;
        let outcome = match self.is_signed(&key, prompt).await {
            Ok(true) => Outcome::Done,
            Ok(false) => Outcome::Failed(Failure::Keystore(KeystoreError::Unexpected)),
            Err(error) => Outcome::Failed(Failure::Keystore(error)),
        };
        Ok((outcome, Then::Owner(key)))
    }

    async fn make_owner(&self) -> Result<OwnerKey, KeystoreError> {
        for policy in POLICIES {
            match self.ask(move |keystore| keystore.create(ALIAS.to_owned(), policy, Vec::new())).await {
                Ok(made) => return Ok(OwnerKey(Blob(made.spki))),
                Err(KeystoreError::NotEnrolled) => {}
                Err(error) => return Err(error),
            }
        }
        Err(KeystoreError::NotEnrolled)
    }

    /// Whether the key store, having asked the holder, signs with this very key.
    async fn is_signed(&self, key: &OwnerKey, prompt: Prompt) -> Result<bool, KeystoreError> {
        let mut random = [0; 32];
        SystemRandom::new().fill(&mut random).map_err(|_| KeystoreError::HardwareUnavailable)?;
        let message = [CONTEXT, &random].concat();
        let signed = message.clone();
        let der = self.ask(move |keystore| keystore.sign(ALIAS.to_owned(), signed, Some(prompt))).await?;
        let key = PublicKey::from_spki(&key.0.0);
        Ok(key.zip(fixed_from_der(&der)).is_some_and(|(key, signature)| key.verify(&message, &signature)))
    }
}

fn prompt(title: String, language: Language) -> Prompt {
    let cancel = Catalogue::of(language).say("action-later", &[]).map_or_else(|_| String::new(), |said| said.text);
    Prompt { reason: title.clone(), title, cancel }
}
