//! Calls that outlive kills and dead networks, and have one effect: stored before they are sent, sent until they are answered, with
//! one idempotency key and each time a new nonce and signature.

use std::sync::Arc;

use citizen_protocol::signature::{CLOCK_WINDOW_S, IdempotencyKey};
use citizen_protocol::wire::{Blob, Call, Credential, Id, Method, UnixTime};
use citizen_vault::{Changes, Table, Tables};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::ServiceError;
use crate::link::{Envelope, Link, decode, random};

/// The service keeps answers for 24 hours: what was first sent longer ago than this could have its effect twice.
const RESEND_S: u64 = 23 * 3600;

static ITEMS: Table<Item> = Table::new("outbox");

/// A call that waits, or whose answer does. All of them are `POST` with JSON.
#[derive(Clone, Serialize, Deserialize)]
struct Item {
    key: Id,
    path: String,
    body: Blob,
    session: bool,
    first_sent: Option<UnixTime>,
    answer: Option<Blob>,
}

/// What is in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its name.
    pub name: String,
    /// When it was first sent, if it was.
    pub first_sent: Option<UnixTime>,
    /// Whether its answer is there.
    pub answered: bool,
}

/// What is in under a name, compared with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// It is that very call.
    pub is_same: bool,
    /// It may have reached the service.
    pub is_sent: bool,
    /// Its answer is there.
    pub is_answered: bool,
}

/// Calls that wait in the vault.
#[derive(Clone)]
pub struct Outbox {
    link: Arc<Link>,
}

impl Outbox {
    /// Over a link, in its vault.
    #[must_use]
    pub fn new(link: Arc<Link>) -> Self {
        Self { link }
    }

    /// Puts a call in under a name, together with whatever else changes in the vault at that moment. It is sent by
    /// [`deliver`](Self::deliver).
    ///
    /// # Errors
    /// `AlreadyQueued` for a name that is taken.
    pub async fn put<C: Call>(&self, name: &str, call: &C, changes: Changes) -> Result<(), ServiceError> {
        self.put_envelope(name, &Envelope::lasting(call)?, changes).await
    }

    /// The same of a call that is written already. Each time it gets an idempotency key of its own.
    ///
    /// # Errors
    /// See [`put`](Self::put).
    pub async fn put_envelope(&self, name: &str, call: &Envelope, changes: Changes) -> Result<(), ServiceError> {
        let Envelope { path, body, credential, .. } = call;
        let (key, session) = (Id(random()?), *credential == Credential::Session);
        let item = Item { key, path: path.clone(), body: Blob(body.to_vec()), session, first_sent: None, answer: None };
        // One name, one call: looking and putting is one step.
        let _changing = self.link.outbox.lock().await;
        if self.link.storage.get(&ITEMS, name).await?.is_some() {
            return Err(ServiceError::AlreadyQueued);
        }
        Ok(self.link.storage.commit(changes.put(&ITEMS, name, &item)?).await?)
    }

    /// Sends what is in under that name until it is answered, and returns the answer; one that is there already, at once. The answer
    /// stays until it is forgotten, with [`forget`](Self::forget), so that a kill in between loses nothing. A refusal that is the
    /// service's last word is forgotten by itself.
    ///
    /// # Errors
    /// See [`ServiceError`]; after `tries` tries in a row the last one's. The call stays in, unless [`ServiceError::Server`] was the last
    /// word.
    pub async fn deliver<C: Call>(&self, name: &str) -> Result<C::Answer, ServiceError> {
        let delivered = self.deliver_kept::<C>(name).await;
        if let Err(error) = &delivered
            && error.is_answer()
        {
            self.link.storage.commit(Self::forget(name, Changes::new())).await?;
        }
        delivered
    }

    /// The same, but that a refusal stays in as well: for a caller who commits what follows from it together with forgetting it.
    ///
    /// # Errors
    /// See [`deliver`](Self::deliver).
    pub async fn deliver_kept<C: Call>(&self, name: &str) -> Result<C::Answer, ServiceError> {
        decode(&self.deliver_body(name).await?)
    }

    /// The same, with the answer as it came.
    ///
    /// # Errors
    /// See [`deliver`](Self::deliver).
    pub async fn deliver_body(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        let backoff = self.link.config.backoff;
        let mut tried = 0;
        loop {
            let error = match self.try_once(name).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tried += 1;
            let asked = error.asked_wait();
            // A long wait is the caller's to show.
            if !error.is_passing() || tried >= backoff.tries || asked.is_some_and(|asked| asked > backoff.longest) {
                return Err(error);
            }
            tokio::time::sleep(backoff.wait(tried, asked)).await;
        }
    }

    async fn try_once(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        let mut item = self.item(name).await?;
        if let Some(answer) = item.answer {
            return Ok(Zeroizing::new(answer.0));
        }
        // By the service's time: one that the holder set says nothing about the service's 24 hours.
        let now = self.link.hear_the_time().await?;
        match item.first_sent {
            Some(first) if is_stale(first, now) => return Err(ServiceError::Stale),
            Some(_) => {}
            None => {
                item.first_sent = Some(now);
                self.keep(name, &item).await?;
            }
        }
        let answer = self.link.send(&item.envelope()).await?;
        item.answer = Some(Blob(answer.to_vec()));
        self.keep(name, &item).await?;
        Ok(answer)
    }

    async fn item(&self, name: &str) -> Result<Item, ServiceError> {
        self.link.storage.get(&ITEMS, name).await?.ok_or(ServiceError::NotQueued)
    }

    /// Writes an item's new state, if it is still there: one that was answered and forgotten meanwhile stays forgotten.
    async fn keep(&self, name: &str, item: &Item) -> Result<(), ServiceError> {
        let _changing = self.link.outbox.lock().await;
        if self.item(name).await?.key != item.key {
            return Err(ServiceError::NotQueued);
        }
        Ok(self.link.storage.commit(Changes::new().put(&ITEMS, name, item)?).await?)
    }

    /// Adds to `changes` that what is in under that name is done with.
    #[must_use]
    pub fn forget(name: &str, changes: Changes) -> Changes {
        changes.delete(&ITEMS, name)
    }

    /// Forgets what is in under that name, now.
    ///
    /// # Errors
    /// `Store`.
    pub async fn clear(&self, name: &str) -> Result<(), ServiceError> {
        Ok(self.link.storage.commit(Self::forget(name, Changes::new())).await?)
    }

    /// What is in under that name, beside `call`.
    ///
    /// # Errors
    /// `Store`.
    pub async fn queued(&self, name: &str, call: &Envelope) -> Result<Option<Queued>, ServiceError> {
        let item = self.link.storage.get(&ITEMS, name).await?;
        Ok(item.map(|item| Queued {
            is_same: item.path == call.path && item.body.0 == *call.body,
            is_sent: item.first_sent.is_some(),
            is_answered: item.answer.is_some(),
        }))
    }

    /// What is in, by name.
    ///
    /// # Errors
    /// `Store`.
    pub async fn pending(&self) -> Result<Vec<Pending>, ServiceError> {
        let items = self.link.storage.run(|vault| vault.all(&ITEMS)).await?;
        let pending = |(name, item): (String, Item)| Pending {
            name,
            first_sent: item.first_sent,
            answered: item.answer.is_some(),
        };
        Ok(items.into_iter().map(pending).collect())
    }
}

/// Long ago, or at a time that has not come: then one of both clocks was wrong, and how long ago it was is not known.
fn is_stale(first: UnixTime, now: UnixTime) -> bool {
    now.since(first) > RESEND_S || first.since(now) > CLOCK_WINDOW_S
}

impl Item {
    fn envelope(&self) -> Envelope {
        Envelope {
            method: Method::Post,
            path: self.path.clone(),
            body: Zeroizing::new(self.body.0.clone()),
            raw: false,
            credential: if self.session { Credential::Session } else { Credential::Device },
            key: Some(IdempotencyKey(self.key)),
        }
    }
}
