//! A request's turn on the database's thread.

use citizen_protocol::wire::{Code, UnixTime};
use rusqlite::Transaction;

use super::answer::Answer;
use super::idempotency::Keeps;
use super::signed::Signed;
use super::{Service, idempotency, nonce};
use crate::data::{Fate, within};
use crate::routes::{Asker, Prepared};
use crate::rules::devices::Standing;
use crate::rules::{cleaning, devices, sessions};
use crate::work::{Caller, Ruling, Work};

/// A signed request that waited for its turn.
pub(crate) struct Request {
    pub(crate) signed: Signed,
    pub(crate) prepared: Result<Prepared, Code>,
    pub(crate) needs: Needs,
    pub(crate) keeps: Keeps,
}

/// What a signed request has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// A registered phone's key.
    Phone,
    /// The account's token with it.
    Token,
    /// A key that comes with the request.
    NewKey,
    /// A registered phone's key, or one that takes part in a transfer without being any account's.
    Transfer,
}

/// Nonce, earlier answer, rule, and its answer kept: all of it or, after a crash, none. Only a refusal or a panic of the rule is
/// undone alone; the nonce stays used.
///
/// The token comes after the earlier answer: keys that were just replaced have no session any more, and still have to hear, a second
/// time, that they were replaced.
pub(super) fn signed(service: &Service, db: &Transaction, request: Request) -> rusqlite::Result<Answer> {
    let now = service.clock.now();
    let Request { signed, prepared, needs, keeps } = request;
    if let Err(code) = nonce::spend(db, &signed.parameters)? {
        return Ok(code.into());
    }
    if let Some(effect) = &signed.effect
        && let Some(earlier) = effect.earlier(db, now)?
    {
        return Ok(earlier);
    }
    let answer = match prepared {
        Err(code) => code.into(),
        Ok(prepared) => match caller(service, db, &signed, needs) {
            Err(refusal) => refusal.problem.into(),
            Ok(caller) => rule(service, db, Asker::Phone(&caller), prepared),
        },
    };
    if let Some(effect) = &signed.effect {
        effect.keep(db, keeps, &answer, now)?;
    }
    Ok(answer)
}

/// Another look of a request that was answered with nothing: it reads, and its nonce is spent.
pub(super) fn again(service: &Service, db: &Transaction, signed: &Signed, needs: Needs, prepared: Prepared) -> Answer {
    match caller(service, db, signed, needs) {
        Err(refusal) => refusal.problem.into(),
        Ok(caller) => rule(service, db, Asker::Phone(&caller), prepared),
    }
}

/// Who asks, by key and token.
fn caller(service: &Service, db: &Transaction, signed: &Signed, needs: Needs) -> Ruling<Caller> {
    let key = signed.key;
    if needs == Needs::NewKey {
        return Ok(Caller { key, device: None, account: None });
    }
    let known = devices::known_key(db, &signed.parameters.keyid)?.ok_or(Code::UnknownKey)?;
    match known.standing {
        Standing::InForce => (),
        Standing::Joined | Standing::Former if needs == Needs::Transfer => {
            let device = (known.standing == Standing::Former).then_some(known.device);
            return Ok(Caller { key, device, account: None });
        }
        Standing::Former => return Err(Code::NotTheDevice.into()),
        Standing::Joined | Standing::Replaced => return Err(Code::UnknownKey.into()),
    }
    let device = known.device;
    let account = match &signed.token {
        Some(token) => Some(sessions::account_of(&work(service, db), token, device)?),
        None if needs == Needs::Token => return Err(Code::TokenNeeded.into()),
        None => None,
    };
    Ok(Caller { key, device: Some(device), account })
}

/// Runs a rule; what it wrote goes if it refuses, unless it says that it stays, or panics.
pub(super) fn rule(service: &Service, db: &Transaction, asker: Asker<'_>, prepared: Prepared) -> Answer {
    let ruled = within(db, || {
        Ok(match prepared(&work(service, db), asker) {
            Ok(answer) => (answer, Fate::Keep),
            Err(refusal) => (refusal.problem.into(), if refusal.keep { Fate::Keep } else { Fate::Undo }),
        })
    });
    ruled.unwrap_or_else(Answer::from)
}

/// The same for who stands beside the network.
pub(super) fn beside<T>(
    service: &Service,
    db: &Transaction,
    rule: impl FnOnce(&Work<'_>) -> Ruling<T>,
) -> Result<T, Code> {
    let ruled = within(db, || {
        Ok(match rule(&work(service, db)) {
            Ok(done) => (Ok(done), Fate::Keep),
            Err(refusal) => (Err(refusal.problem.code), if refusal.keep { Fate::Keep } else { Fate::Undo }),
        })
    });
    ruled.unwrap_or(Err(Code::Internal))
}

pub(super) fn work<'a>(service: &'a Service, db: &'a Transaction<'a>) -> Work<'a> {
    Work { db, now: service.clock.now(), keys: &service.keys, random: &service.random, host: &service.host }
}

/// Forgets what has expired.
pub(crate) fn clean(service: &Service, db: &Transaction) -> rusqlite::Result<()> {
    let now: UnixTime = service.clock.now();
    nonce::forget(db, now)?;
    idempotency::forget(db, now)?;
    if cleaning::clean(&work(service, db)).is_err() {
        crate::note("sandbox: what has expired could not be cleaned up");
    }
    Ok(())
}
