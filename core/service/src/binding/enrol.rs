//! The first time: keys, their evidence, the registration.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Blob, Code, Device, DeviceRequest, TrustRequest};
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
        ServiceError::Server(problem) => {
            matches!(problem.code, Code::ChallengeGone | Code::EvidenceRefused | Code::UnknownKey)
        }
        ServiceError::Keystore(error) => matches!(error, KeystoreError::KeyMissing | KeystoreError::Invalidated),
        ServiceError::Stale | ServiceError::NotQueued => true,
        _ => false,
    }
}

impl Binding {
    /// Registers this phone, or goes on with it where it stopped. A phone whose key is lost, or that the service does not know any more, is
    /// registered anew, as another.
    ///
    /// # Errors
    /// See [`ServiceError`]: call again.
    pub async fn enrol(&self, phone: &PhoneInfo) -> Result<Bound, ServiceError> {
        let _binding = self.link.binding.lock().await;
        let mut anew = false;
        loop {
            let keys = match self.kept().await? {
                None => self.make(phone).await?,
                Some(Kept::Making { dev, auth }) => {
                    self.delete([dev, auth]).await;
                    self.make(phone).await?
                }
                Some(Kept::Registering { keys }) => keys,
                Some(Kept::MakingOthers { keys, dev, auth }) => {
                    self.delete(dev.into_iter().chain([auth])).await;
                    self.commit(Self::keep(&Kept::Bound { keys }, Changes::new())?).await?;
                    continue;
                }
                // Which of both is the phone's is the first thing to know.
                Some(Kept::Rekeying { keys, others }) => match self.replace(keys, others).await {
                    Err(error) if self.is_rekeying().await? => return Err(error),
                    _ => continue,
                },
                Some(Kept::Bound { keys }) if self.is_in_force(&keys).await? => return Ok(keys.bound()),
                Some(Kept::Bound { keys }) => {
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

    async fn is_rekeying(&self) -> Result<bool, ServiceError> {
        Ok(matches!(self.kept().await?, Some(Kept::Rekeying { .. })))
    }

    async fn make(&self, phone: &PhoneInfo) -> Result<Keys, ServiceError> {
        let challenge = self.challenge().await?;
        let (dev, auth) = (alias("dev")?, alias("auth")?);
        let making = Kept::Making { dev: dev.clone(), auth: auth.clone() };
        self.commit(Outbox::forget(REGISTRATION, Self::keep(&making, Changes::new())?)).await?;
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

    /// Whether the key store still has the keys and, where it said otherwise, the service still knows them.
    async fn is_in_force(&self, keys: &Keys) -> Result<bool, ServiceError> {
        match keys.dev.signer(&self.link.keystore).sign(PROBE.to_vec()).await {
            Ok(_) => {}
            Err(KeystoreError::KeyMissing | KeystoreError::Invalidated) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        if !self.link.is_refused() {
            return Ok(true);
        }
        match self.link.call(&TrustRequest {}).await {
            Err(error) if error.is_unknown_key() => Ok(false),
            Err(error) => Err(error),
            Ok(_) => Ok(true),
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
