//! Later: new keys in place of old ones, because the phone's biometrics changed or for their age.

use citizen_protocol::enrol;
use citizen_protocol::wire::{AccountRequest, ApprovalChange, Blob, Id, NewDeviceKey, RekeyRequest};
use citizen_vault::Changes;

use super::kept::{Kept, Keys};
use super::make::alias;
use super::{Binding, Bound};
use crate::error::ServiceError;
use crate::outbox::Outbox;

/// The outbox's name of the request.
pub(super) const REKEY: &str = "rekey";

/// Which keys are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rekey {
    /// `K_auth`: after [`ServiceError::AuthKeyLost`].
    Approval,
    /// Both.
    Both,
}

impl Binding {
    /// Replaces keys; needs the account's password, given a moment ago, and a verified code for it. Goes on where it stopped.
    ///
    /// # Errors
    /// See [`ServiceError`]; after a refusal the old keys stay in force.
    pub async fn rekey(&self, which: Rekey, password: Id, otp_challenge: Id) -> Result<Bound, ServiceError> {
        let _binding = self.link.binding.lock().await;
        match self.kept().await?.ok_or(ServiceError::NotBound)? {
            Kept::Making { .. } | Kept::Registering { .. } => Err(ServiceError::NotBound),
            Kept::Rekeying { keys, others } => self.replace(keys, others).await,
            Kept::MakingOthers { keys, dev, auth } => {
                self.delete(dev.into_iter().chain([auth])).await;
                self.make_and_replace(keys, which, password, otp_challenge).await
            }
            Kept::Bound { keys } => self.make_and_replace(keys, which, password, otp_challenge).await,
        }
    }

    async fn make_and_replace(
        &self,
        keys: Keys,
        which: Rekey,
        password: Id,
        otp_challenge: Id,
    ) -> Result<Bound, ServiceError> {
        let account = self.link.call(&AccountRequest {}).await?.account;
        let challenge = self.challenge().await?;
        let dev_alias = if which == Rekey::Both { Some(alias("dev")?) } else { None };
        let auth_alias = alias("auth")?;
        let making = Kept::MakingOthers { keys: keys.clone(), dev: dev_alias.clone(), auth: auth_alias.clone() };
        self.commit(Self::keep(&making, Changes::new())?).await?;
        let (new_dev, dev) = match dev_alias {
            None => (None, keys.dev.clone()),
            Some(alias) => {
                let (dev, evidence) = self.make_dev(&alias, &challenge).await?;
                let message = enrol::rekey_proof(&challenge, account, dev.public.spki(), keys.dev.public.spki());
                let proof = Blob(dev.signer(&self.link.keystore).sign(message).await?.to_vec());
                (Some(NewDeviceKey { evidence, proof }), dev)
            }
        };
        let (auth, auth_evidence) = self.make_auth(&auth_alias, &challenge).await?.unzip();
        let change = match auth_evidence {
            Some(evidence) => ApprovalChange::New { evidence },
            // The lock screen was removed: never a dead end.
            None if keys.auth.is_some() => ApprovalChange::Gone,
            None => ApprovalChange::Kept,
        };
        let others = Keys { dev, auth };
        let challenge = Blob(challenge.to_vec());
        let request = RekeyRequest { challenge, dev: new_dev, auth: change, password, otp_challenge };
        let rekeying = Kept::Rekeying { keys: keys.clone(), others: others.clone() };
        let changes = Outbox::forget(REKEY, Changes::new());
        self.commit(changes).await?;
        self.outbox.put(REKEY, &request, Self::keep(&rekeying, Changes::new())?).await?;
        self.replace(keys, others).await
    }

    /// Sees the request through. Where its answer may have been lost, the ledger says whether it was done.
    pub(super) async fn replace(&self, old: Keys, new: Keys) -> Result<Bound, ServiceError> {
        let Err(error) = self.outbox.deliver_kept::<RekeyRequest>(REKEY).await else {
            return self.replaced(&old, new).await;
        };
        let is_open = error.is_unknown_key() || matches!(error, ServiceError::Stale | ServiceError::NotQueued);
        if is_open && self.was_done(&old, &new).await? {
            return self.replaced(&old, new).await;
        }
        if is_open || error.is_answer() {
            let changes = Self::keep(&Kept::Bound { keys: old.clone() }, Changes::new())?;
            self.commit(Outbox::forget(REKEY, changes)).await?;
            self.delete_others(&new, &old).await;
        }
        Err(error)
    }

    /// Whether the account's list of devices names the new keys.
    async fn was_done(&self, old: &Keys, new: &Keys) -> Result<bool, ServiceError> {
        self.link.sign_with(Some(new.dev.signer(&self.link.keystore)));
        self.link.sessions.forget();
        let ledger = match self.link.token().await {
            Ok(_) => self.link.own_ledger().await,
            Err(error) => Err(error),
        };
        let done = ledger.map(|ledger| ledger.and_then(|ledger| ledger.bound_keys()) == Some(new.hash()));
        if !matches!(done, Ok(true)) {
            self.link.sign_with(Some(old.dev.signer(&self.link.keystore)));
        }
        match done {
            Err(error) if error.is_unknown_key() => Ok(false),
            done => done,
        }
    }

    async fn replaced(&self, old: &Keys, new: Keys) -> Result<Bound, ServiceError> {
        let changes = Self::keep(&Kept::Bound { keys: new.clone() }, Changes::new())?;
        self.commit(Outbox::forget(REKEY, changes)).await?;
        self.link.sign_with(Some(new.dev.signer(&self.link.keystore)));
        self.link.sessions.forget();
        self.delete_others(old, &new).await;
        Ok(new.bound())
    }

    /// Deletes the keys of `gone` that are not among those that `stay`.
    async fn delete_others(&self, gone: &Keys, stay: &Keys) {
        let stay: Vec<String> = stay.aliases().collect();
        self.delete(gone.aliases().filter(|alias| !stay.contains(alias))).await;
    }
}
