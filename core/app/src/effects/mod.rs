//! Effects: calls of the service, the PIN, the phone's owner. Each runs as a task; what comes of it goes to the worker's queue.

mod calls;
mod failure;
mod owner;
mod pin;
mod queued;
mod then;
mod thread;

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use citizen_journeys::{Do, Effect, Failure, Held, Outcome, Slot};
use citizen_keystore::{DeviceKeystore, KeystoreError, TimeLimited};
use citizen_protocol::wire::{MessagePlatform, Secret, UnixTime};
use citizen_service::{Account, Binding, Config, Link, Outbox, PhoneInfo, Portraits, aside};
use citizen_text::Language;
use citizen_vault::{Row, StoreError, Table, Tables, Vault};
use tokio::sync::OwnedMutexGuard;
use zeroize::Zeroizing;

use crate::worker::{Message, Outside, Reply};
use crate::{AppConfig, Problem, Setup};
pub(crate) use then::Then;
use thread::Thread;

/// Runs effects.
pub(crate) struct Effects {
    thread: Thread,
    service: Arc<Service>,
    queue: Sender<Message>,
}

/// All that effects work with.
struct Service {
    link: Arc<Link>,
    outbox: Outbox,
    binding: Binding,
    portraits: Portraits,
    account: Account,
    vault: Arc<Vault>,
    keystore: Arc<dyn DeviceKeystore>,
    phone: PhoneInfo,
    messages: MessagePlatform,
    turns: Turns,
}

/// What an effect is given of what must not be written down.
struct Given {
    secret: Option<Secret>,
    portrait: Option<Arc<Zeroizing<Vec<u8>>>>,
    language: Language,
}

/// What came of an effect.
type Came = (Outcome, Then);

impl Effects {
    pub(crate) fn new(
        config: AppConfig,
        client: Config,
        setup: Setup,
        vault: &Arc<Vault>,
        keystore: Arc<dyn DeviceKeystore>,
        queue: Sender<Message>,
    ) -> Result<Self, Problem> {
        let link = Link::new(client, Arc::clone(vault), Arc::clone(&keystore), setup.clock)?;
        let link = Arc::new(link.living(setup.life));
        let outbox = Outbox::new(Arc::clone(&link));
        let messages = config.messages();
        let crate::PhoneInfo { model, os, app_version } = config.phone;
        let service = Service {
            binding: Binding::new(Arc::clone(&link), outbox.clone()),
            portraits: Portraits::new(Arc::clone(&link), outbox.clone()),
            account: Account::new(Arc::clone(&link)),
            link,
            outbox,
            vault: Arc::clone(vault),
            keystore: Arc::new(TimeLimited::new(keystore)),
            phone: PhoneInfo { model, os, app_version },
            messages,
            turns: Turns::default(),
        };
        let thread = Thread::start().map_err(|_| Problem::Restart)?;
        Ok(Self { thread, service: Arc::new(service), queue })
    }
}

impl Outside for Effects {
    fn now(&self) -> UnixTime {
        self.service.link.now()
    }

    fn uptime_s(&self) -> u64 {
        self.service.link.uptime().as_secs()
    }

    fn start(&self, effect: Effect, held: &Held, language: Language) {
        let Effect { id: effect, what } = effect;
        let given = Given::of(&what, held, language);
        let service = Arc::clone(&self.service);
        let progress = {
            let queue = self.queue.clone();
            move |percent| {
                let outcome = Outcome::Progress(percent);
                let _ = queue.send(Message::Reply(Reply { effect, outcome, then: Then::Nothing }));
            }
        };
        let work = self.thread.handle().spawn(async move { service.run(what, given, progress).await });
        let queue = self.queue.clone();
        self.thread.handle().spawn(async move {
            // One that broke is told too: nobody would ask for it again.
            let (outcome, then) = work.await.unwrap_or((Outcome::Failed(Failure::Slow), Then::Nothing));
            // Nobody listens after the end.
            let _ = queue.send(Message::Reply(Reply { effect, outcome, then }));
        });
    }

    fn stop(self: Box<Self>) {
        self.thread.stop();
    }
}

impl Given {
    fn of(what: &Do, held: &Held, language: Language) -> Self {
        let slot = match what {
            Do::VerifyCode { .. } => Some(Slot::Code),
            Do::GivePassword { .. } | Do::SignIn { .. } => Some(Slot::Password),
            Do::SetPin | Do::CheckPin => Some(Slot::Pin),
            _ => None,
        };
        let secret = slot.filter(|slot| !held.is_empty(*slot)).and_then(|slot| held.get(slot).cloned());
        let portrait = held.portrait().filter(|_| matches!(what, Do::SendPortrait)).cloned();
        Self { secret, portrait, language }
    }

    fn secret(&self) -> Result<Secret, Failure> {
        self.secret.clone().ok_or(Failure::Gone)
    }
}

impl Service {
    /// A row of the vault, off this thread.
    async fn kept<R: Row + Send + 'static>(
        &self,
        table: &'static Table<R>,
        name: &'static str,
    ) -> Result<Option<R>, Failure> {
        let vault = Arc::clone(&self.vault);
        let read = aside(move || vault.get(table, name)).await;
        read.unwrap_or(Err(StoreError::Closed)).map_err(failure::of_storage)
    }

    /// Something with the key store, off this thread: it may ask the holder, for a minute at most.
    async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn DeviceKeystore) -> Result<T, KeystoreError> + Send + 'static,
    ) -> Result<T, KeystoreError> {
        let keystore = Arc::clone(&self.keystore);
        aside(move || call(&*keystore)).await.unwrap_or(Err(KeystoreError::Unexpected))
    }
}

/// One effect of a kind at a time: a second one of the same name waits for the first. Kinds do not wait for each other: locking the
/// account is never held up by an application on a weak network.
#[derive(Default)]
struct Turns(Mutex<BTreeMap<&'static str, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    async fn take(&self, name: &'static str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(name).or_default())
        };
        turn.lock_owned().await
    }
}

#[cfg(test)]
mod tests;
