//! The first time: keys, their evidence, the registration.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Blob, Code, Device, DeviceRequest};
use citizen_vault::Changes;

use super::kept::{Kept, Keys};
use super::make::alias;
use super::{Binding, Bound, PhoneInfo};
use crate::error::{BodyFault, ServiceError};
use crate::outbox::Outbox;

/// The outbox's name of the registration.
const REGISTRATION: &str = "device";
/// What is signed to see whether a key is still there. It is no request, and nothing that the service takes.
const PROBE: &[u8] = b"eid/probe/1";

/// Whether these keys can't be registered any more, and others can.
fn is_of_no_use(error: &ServiceError) -> bool {
    match error {
        ServiceError::Server(problem) => matches!(problem.code, Code::ChallengeGone | Code::EvidenceRefused),
        ServiceError::Keystore(error) => matches!(error, KeystoreError::KeyMissing | KeystoreError::Invalidated),
        ServiceError::Stale | ServiceError::NotQueued => true,
        _ => false,
    }
}

impl Binding {
    /// Registers this phone, or goes on with it where it stopped. A phone whose key is lost is registered anew, as another.
    ///
    /// # Errors
    /// See [`ServiceError`]: call again.
    pub async fn enrol(&self, phone: &PhoneInfo) -> Result<Bound, ServiceError> {
        let mut anew = false;
        loop {
            let keys = match self.kept().await? {
                None => self.make(phone).await?,
                Some(Kept::Making { dev, auth }) => {
                    self.delete([dev, auth]).await;
                    self.make(phone).await?
                }
                Some(Kept::Registering { keys }) => keys,
                Some(Kept::Bound { keys } | Kept::MakingOthers { keys, .. } | Kept::Rekeying { keys, .. }) => {
                    if self.is_there(&keys).await? {
                        return Ok(keys.bound());
                    }
                    self.discard(&keys).await?;
                    continue;
                }
            };
            match self.register(&keys).await {
                Err(error) if !anew && is_of_no_use(&error) => {
                    self.discard(&keys).await?;
                    anew = true;
                }
                done => return done,
            }
        }
    }

    async fn make(&self, phone: &PhoneInfo) -> Result<Keys, ServiceError> {
        let challenge = self.challenge().await?;
        let (dev, auth) = (alias("dev")?, alias("auth")?);
        let making = Kept::Making { dev: dev.clone(), auth: auth.clone() };
        self.commit(Self::keep(&making, Changes::new())?).await?;
        let (dev, dev_evidence) = self.make_dev(&dev, &challenge).await?;
        let (auth, auth_evidence) = self.make_auth(&auth, &challenge).await?.unzip();
        let keys = Keys { dev, auth };
        let request = DeviceRequest {
            challenge: Blob(challenge.to_vec()),
            dev: dev_evidence,
            auth: auth_evidence,
            model: phone.model.clone(),
            os: phone.os.clone(),
            app_version: phone.app_version.clone(),
        };
        let changes = Self::keep(&Kept::Registering { keys: keys.clone() }, Changes::new())?;
        self.outbox.put(REGISTRATION, &request, changes).await?;
        Ok(keys)
    }

    async fn register(&self, keys: &Keys) -> Result<Bound, ServiceError> {
        self.link.sign_with(Some(keys.dev.signer(&self.link.keystore)));
        match self.outbox.deliver::<DeviceRequest>(REGISTRATION).await {
            Ok(Device { device, .. }) if device != keys.bound().device => {
                return Err(ServiceError::BadBody(BodyFault::Content));
            }
            Ok(_) => {}
            // Registered before; its answer never arrived.
            Err(ServiceError::Server(problem)) if problem.code == Code::KeyInUse => {}
            Err(error) => return Err(error),
        }
        let changes = Self::keep(&Kept::Bound { keys: keys.clone() }, Changes::new())?;
        self.commit(Outbox::forget(REGISTRATION, changes)).await?;
        Ok(keys.bound())
    }

    async fn is_there(&self, keys: &Keys) -> Result<bool, ServiceError> {
        match keys.dev.signer(&self.link.keystore).sign(PROBE.to_vec()).await {
            Ok(_) => Ok(true),
            Err(KeystoreError::KeyMissing | KeystoreError::Invalidated) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn discard(&self, keys: &Keys) -> Result<(), ServiceError> {
        self.link.sign_with(None);
        self.link.sessions.forget();
        self.delete(keys.aliases()).await;
        let changes = Outbox::forget(REGISTRATION, Self::drop_kept(Changes::new()));
        self.commit(Outbox::forget(super::rekey::REKEY, changes)).await
    }
}
