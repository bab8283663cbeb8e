//! The account from this phone: signing in, tokens, and the list of devices, watched at every renewal.

use std::sync::{Arc, Mutex, PoisonError};

use citizen_protocol::ledger::{Extended, Ledger, LedgerError, VerifiedHead};
use citizen_protocol::wire::{
    Call, Credential, Empty, LedgerPage, LedgerRequest, Secret, Session, SignIn, SignInRequest, SignOutRequest,
    SignedBytes, TokenRequest, UnixTime,
};
use citizen_vault::{Changes, LedgerHead, Table, Vault};

use crate::error::ServiceError;
use crate::link::{Envelope, Link, decode};

/// A token is renewed this long before it ends: a request on its way should still arrive with it.
const MARGIN_S: u64 = 20;

static LEDGER: Table<Ledger> = Table::new("ledger");
/// There while the holder is signed out.
static SIGNED_OUT: Table<bool> = Table::new("signed_out");
const OWN: &str = "own";

/// The access token, in memory only.
#[derive(Default)]
pub(crate) struct Sessions {
    token: Mutex<Option<(Secret, UnixTime)>>,
    /// One renewal at a time: the others wait for it.
    renewing: tokio::sync::Mutex<()>,
}

impl Sessions {
    pub(crate) fn forget(&self) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn hold(&self, token: Secret, until: UnixTime) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some((token, until));
    }

    fn token(&self, now: UnixTime) -> Option<Secret> {
        let held = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(_, until)| now.plus(MARGIN_S) < *until).map(|(token, _)| token.clone())
    }
}

/// The account.
#[derive(Clone)]
pub struct Account {
    link: Arc<Link>,
}

impl Account {
    /// Over a link.
    #[must_use]
    pub fn new(link: Arc<Link>) -> Self {
        Self { link }
    }

    /// Signs in. [`SignIn::SignedIn`] has been verified: the list of devices goes on from the one this phone knows.
    ///
    /// # Errors
    /// `Ledger` if the list of devices changed unexpectedly: the app locks.
    pub async fn sign_in(&self, request: &SignInRequest) -> Result<SignIn, ServiceError> {
        let _renewing = self.link.sessions.renewing.lock().await;
        let answer = self.link.call(request).await?;
        if let SignIn::SignedIn { session, .. } = &answer {
            self.link.begin(session).await?;
            self.link.storage.commit(Changes::new().delete(&SIGNED_OUT, OWN)).await?;
        }
        Ok(answer)
    }

    /// Ends the session, here in any case: until the next [`sign_in`](Self::sign_in) no token is asked for.
    ///
    /// # Errors
    /// Of the call that tells the service: the token ends by itself within 15 minutes.
    pub async fn sign_out(&self) -> Result<(), ServiceError> {
        let told = self.link.call(&SignOutRequest {}).await;
        self.link.sessions.forget();
        self.link.storage.commit(Changes::new().put(&SIGNED_OUT, OWN, &true)?).await?;
        match told {
            Ok(Empty {}) | Err(ServiceError::NotSignedIn) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The list of devices as far as this phone has verified it.
    ///
    /// # Errors
    /// `Store`.
    pub async fn ledger(&self) -> Result<Option<Ledger>, ServiceError> {
        self.link.own_ledger().await
    }
}

impl Link {
    /// A token that is good for a while: the one at hand, or a new one by the phone's signature.
    pub(crate) async fn token(&self) -> Result<Secret, ServiceError> {
        if let Some(token) = self.sessions.token(self.now()) {
            return Ok(token);
        }
        let _renewing = self.sessions.renewing.lock().await;
        if let Some(token) = self.sessions.token(self.now()) {
            return Ok(token);
        }
        if self.storage.get(&SIGNED_OUT, OWN).await?.is_some() {
            return Err(ServiceError::NotSignedIn);
        }
        let generation = self.storage.run(Vault::generation).await?;
        let session = self.call(&TokenRequest { generation }).await?;
        let token = self.begin(&session).await?;
        self.refresh_trust_daily().await?;
        Ok(token)
    }

    /// The list of devices as far as it was verified.
    pub(crate) async fn own_ledger(&self) -> Result<Option<Ledger>, ServiceError> {
        Ok(self.storage.get(&LEDGER, OWN).await?)
    }

    /// Takes a session over once the account's list of devices has been verified with it. One at a time, by the caller's lock: an older
    /// statement must not come after a newer one.
    async fn begin(&self, session: &Session) -> Result<Secret, ServiceError> {
        let token = session.access_token.clone();
        self.watch(&session.ledger, &token).await?;
        self.sessions.hold(token.clone(), session.expires_at);
        Ok(token)
    }

    /// Verifies that the list of devices goes on from the one that the vault knows, to the head that the service states.
    async fn watch(&self, stated: &SignedBytes, token: &Secret) -> Result<(), ServiceError> {
        let mut keys = self.statement_keys().await?;
        let head = match VerifiedHead::verified(stated, &keys, self.now()) {
            // Signed with a key that came after the set at hand.
            Err(LedgerError::UnknownKey) => {
                keys = self.refresh_trust().await?;
                VerifiedHead::verified(stated, &keys, self.now())
            }
            verified => verified,
        };
        let head = head.map_err(ServiceError::Ledger)?;
        let known = self.own_ledger().await?;
        let mut ledger = known.unwrap_or_else(|| Ledger::new(head.statement().account));
        let mut page = Vec::new();
        let whole = loop {
            ledger = match ledger.extend(&page, &head, &keys) {
                Ok(Extended::Whole(whole)) => break whole,
                Ok(Extended::Part(part)) => part,
                Err(LedgerError::Incomplete { .. }) if page.is_empty() => ledger,
                Err(error) => return Err(ServiceError::Ledger(error)),
            };
            page = self.ledger_page(ledger.next_seq(), token).await?;
        };
        if known != Some(whole) {
            self.keep_ledger(whole).await?;
        }
        // A service that gives this phone a token must name it in the list as well.
        if self.is_own(whole.bound_keys()).await? { Ok(()) } else { Err(ServiceError::NotInLedger) }
    }

    async fn ledger_page(&self, from: u64, token: &Secret) -> Result<Vec<SignedBytes>, ServiceError> {
        let request = LedgerRequest { from };
        // With this very token: the session is not taken over yet.
        let envelope = Envelope { credential: Credential::Device, ..Envelope::of(&request)? };
        let page: <LedgerRequest as Call>::Answer = decode(&self.send_with(&envelope, Some(token)).await?)?;
        let LedgerPage { entries } = page;
        if entries.is_empty() {
            return Err(ServiceError::Ledger(LedgerError::Incomplete { next: from }));
        }
        Ok(entries)
    }

    async fn keep_ledger(&self, ledger: Ledger) -> Result<(), ServiceError> {
        let changes = Changes::new().put(&LEDGER, OWN, &ledger)?;
        let changes = match ledger.head() {
            Some(head) => changes.ledger(LedgerHead { seq: head.seq, hash: head.hash }),
            None => changes,
        };
        Ok(self.storage.commit(changes).await?)
    }
}
