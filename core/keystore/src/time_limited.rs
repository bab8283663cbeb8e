//! A key store that answers in time: each call runs on a thread of its own, and is given up after a while.

use std::any::Any;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use crate::{CreatedKey, Deletion, DeviceKeystore, KeyPolicy, KeystoreError, Prompt};

/// How long a key store may take, prompt included.
pub const TIME_LIMIT: Duration = Duration::from_mins(1);

/// Turns a key store that never answers into [`KeystoreError::TimedOut`], and one that panics into
/// [`KeystoreError::Unexpected`].
pub struct TimeLimited {
    inner: Arc<dyn DeviceKeystore>,
    limit: Duration,
}

type Call = Box<dyn FnOnce(&dyn DeviceKeystore) -> Answer + Send>;
type Answer = Box<dyn Any + Send>;

impl TimeLimited {
    /// `inner`, given [`TIME_LIMIT`] for each call.
    #[must_use]
    pub fn new(inner: Arc<dyn DeviceKeystore>) -> Self {
        Self::with_limit(inner, TIME_LIMIT)
    }

    /// `inner`, given `limit` for each call.
    #[must_use]
    pub fn with_limit(inner: Arc<dyn DeviceKeystore>, limit: Duration) -> Self {
        Self { inner, limit }
    }

    fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn DeviceKeystore) -> Result<T, KeystoreError> + Send + 'static,
    ) -> Result<T, KeystoreError> {
        let answer = self.answer(Box::new(move |keys| Box::new(call(keys))))?;
        answer.downcast().map_or(Err(KeystoreError::Unexpected), |answer| *answer)
    }

    /// The same without types: thread and channel are in the library once, not for each type of answer.
    fn answer(&self, call: Call) -> Result<Answer, KeystoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let inner = Arc::clone(&self.inner);
        // A thread that never returns is left behind: nothing can stop it, and it holds no lock of ours.
        thread::Builder::new()
            .name("key store".into())
            .spawn(move || drop(answer.send(call(&*inner))))
            .map_err(|_| KeystoreError::HardwareUnavailable)?;
        match answered.recv_timeout(self.limit) {
            Ok(answer) => Ok(answer),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(KeystoreError::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeystoreError::Unexpected),
        }
    }
}

impl DeviceKeystore for TimeLimited {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        self.call(move |keys| keys.create(alias, policy, challenge))
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        self.call(move |keys| keys.sign(alias, message, prompt))
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.call(move |keys| keys.wrap(alias, secret))
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.call(move |keys| keys.unwrap(alias, wrapped))
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.call(move |keys| keys.delete(alias))
    }
}
