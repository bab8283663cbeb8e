//! A key store for tests: it works, but for the calls that its script breaks.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::{CreatedKey, Deletion, DeviceKeystore, KeyPolicy, KeystoreError, Prompt};

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// None: the call goes through.
    Works,
    /// The call answers with this error.
    Fails(KeystoreError),
    /// The call does not answer until [`ScriptedKeystore::answer_all`].
    Hangs,
    /// The shell's code breaks in it.
    Panics,
}

/// Plays a script, one line for each call, before a real key store; after the last line every call works.
pub struct ScriptedKeystore {
    inner: Arc<dyn DeviceKeystore>,
    script: Mutex<VecDeque<Fault>>,
    answering: Mutex<bool>,
    answer: Condvar,
}

impl ScriptedKeystore {
    /// `script` before `inner`.
    pub fn new(inner: Arc<dyn DeviceKeystore>, script: impl IntoIterator<Item = Fault>) -> Self {
        let script = Mutex::new(script.into_iter().collect());
        Self { inner, script, answering: Mutex::new(false), answer: Condvar::new() }
    }

    /// Lets the calls answer that hang, and those to come.
    pub fn answer_all(&self) {
        *self.answering.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.answer.notify_all();
    }

    fn play(&self) -> Result<(), KeystoreError> {
        let next = self.script.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        match next {
            None | Some(Fault::Works) => Ok(()),
            Some(Fault::Fails(error)) => Err(error),
            Some(Fault::Hangs) => {
                let answering = self.answering.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = self.answer.wait_while(answering, |answering| !*answering);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
                Ok(())
            }
            Some(Fault::Panics) => std::panic::resume_unwind(Box::new("the script says so")),
        }
    }
}

impl DeviceKeystore for ScriptedKeystore {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        self.play()?;
        self.inner.create(alias, policy, challenge)
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        self.play()?;
        self.inner.sign(alias, message, prompt)
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.play()?;
        self.inner.wrap(alias, secret)
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.play()?;
        self.inner.unwrap(alias, wrapped)
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.play()?;
        self.inner.delete(alias)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{SoftwareKeystore, TimeLimited};

    fn limited(faults: &[Fault]) -> (tempfile::TempDir, Arc<ScriptedKeystore>, TimeLimited) {
        let folder = tempfile::tempdir().unwrap();
        let software = Arc::new(SoftwareKeystore::open(folder.path()).unwrap());
        let scripted = Arc::new(ScriptedKeystore::new(software, faults.iter().copied()));
        let limited = TimeLimited::with_limit(Arc::clone(&scripted) as _, Duration::from_secs(2));
        (folder, scripted, limited)
    }

    #[test]
    fn a_key_store_that_hangs_or_breaks_is_a_typed_error_and_works_again_later() {
        let faults = [Fault::Hangs, Fault::Panics, Fault::Fails(KeystoreError::LockedOut { retry_s: 30 })];
        let (_folder, scripted, keys) = limited(&faults);
        let create = || keys.create("wrap".into(), KeyPolicy::Wrapping, vec![]);
        assert_eq!(create(), Err(KeystoreError::TimedOut));
        assert_eq!(create(), Err(KeystoreError::Unexpected));
        assert_eq!(create(), Err(KeystoreError::LockedOut { retry_s: 30 }));
        scripted.answer_all();
        // Beside the call that hung, and with the usual limit: a busy disk may take longer than the short one.
        let patient = TimeLimited::new(scripted);
        assert!(patient.create("wrap".into(), KeyPolicy::Wrapping, vec![]).is_ok());
    }
}
