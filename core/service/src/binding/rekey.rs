//! Later: new keys in place of old ones, because the phone's biometrics changed or for their age.

use citizen_protocol::enrol;
use citizen_protocol::wire::{AccountRequest, Blob, Code, Id, NewDeviceKey, RekeyRequest, TokenRequest};
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
        match self.kept().await?.ok_or(ServiceError::NotBound)? {
            Kept::Making { .. } | Kept::Registering { .. } => Err(ServiceError::NotBound),
            Kept::Rekeying { keys, others } => self.replace(keys, others).await,
            Kept::MakingOthers { keys, dev, auth } => {
                self.delete(dev.into_iter().chain([auth])).await;
                let others = self.make_others(&keys, which, password, otp_challenge).await?;
                self.replace(keys, others).await
            }
            Kept::Bound { keys } => {
                let others = self.make_others(&keys, which, password, otp_challenge).await?;
                self.replace(keys, others).await
            }
        }
    }

    async fn make_others(
        &self,
        keys: &Keys,
        which: Rekey,
        password: Id,
        otp_challenge: Id,
    ) -> Result<Keys, ServiceError> {
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
        let others = Keys { dev, auth };
        let request = RekeyRequest {
            challenge: Blob(challenge.to_vec()),
            dev: new_dev,
            auth: auth_evidence,
            password,
            otp_challenge,
        };
        let rekeying = Kept::Rekeying { keys: keys.clone(), others: others.clone() };
        self.outbox.put(REKEY, &request, Self::keep(&rekeying, Changes::new())?).await?;
        Ok(others)
    }

    async fn replace(&self, old: Keys, new: Keys) -> Result<Bound, ServiceError> {
        let Err(error) = self.outbox.deliver::<RekeyRequest>(REKEY).await else {
            return self.replaced(&old, new).await;
        };
        // Perhaps it was done and the answer lost: then the old key is nobody's, and the new one speaks for the account.
        let unknown = matches!(&error, ServiceError::Server(problem) if problem.code == Code::UnknownKey);
        if unknown || matches!(error, ServiceError::Stale) {
            self.link.sign_with(Some(new.dev.signer(&self.link.keystore)));
            let generation = self.link.storage.run(citizen_vault::Vault::generation).await?;
            match self.link.call(&TokenRequest { generation }).await {
                Ok(_) => return self.replaced(&old, new).await,
                Err(_) => self.link.sign_with(Some(old.dev.signer(&self.link.keystore))),
            }
        }
        if error.is_answer() {
            self.commit(Self::keep(&Kept::Bound { keys: old.clone() }, Changes::new())?).await?;
            self.delete_others(&new, &old).await;
        }
        Err(error)
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
