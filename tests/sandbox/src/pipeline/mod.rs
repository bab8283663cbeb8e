//! The way of a request, in the order of the security design, section 2: signature, clock and the service's part of the nonce outside
//! the queue; then, in one transaction, the nonce spent, earlier answer, token, rule, and the answer kept for a repetition.
//!
//! Section 2 spends the nonce in a transaction of its own. Here the rule has a savepoint of its own instead, which costs no second
//! write to the disk: a rule that refuses or breaks is undone, and its nonce stays spent. Only a crash before the commit undoes both,
//! and then nothing was done and nobody was answered.

mod answer;
mod body;
mod clock_control;
mod idempotency;
mod limits;
mod nonce;
mod signed;
mod turn;
mod waiting;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use citizen_protocol::wire::{Code, Method, Problem};
use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use ring::rand::SystemRandom;
use rusqlite::Transaction;

pub(crate) use answer::{Answer, Content};
pub(crate) use body::object;
pub(crate) use clock_control::{Advance, Advanced, stored_offset};
pub(crate) use idempotency::Keeps;
pub(crate) use limits::Buckets;
use limits::Counted;
pub use limits::{Limits, Rate};
pub(crate) use nonce::server_part;
use signed::{Measure, Raw, Signed, bearer, one};
use turn::Needs;
pub(crate) use turn::clean;
pub(crate) use waiting::Bell;
use waiting::Waiting;

use crate::clock::Clock;
use crate::data::{Readers, Writer};
use crate::routes::{Access, Asker, Does, Params, Prepare, Prepared, Route};
use crate::rules::devices;
use crate::service_keys::ServiceKeys;
use crate::work::{Ruling, Work};

/// Tables of the pipeline itself.
pub(crate) const TABLES: [&str; 3] = [nonce::TABLE, idempotency::TABLE, clock_control::TABLE];

/// All that a request needs.
pub(crate) struct Service {
    /// In target URIs: `localhost:PORT`.
    pub(crate) host: String,
    pub(crate) clock: Clock,
    pub(crate) keys: ServiceKeys,
    pub(crate) writer: Writer,
    pub(crate) readers: Readers,
    pub(crate) buckets: Buckets,
    pub(crate) random: SystemRandom,
    pub(crate) bell: Bell,
}

impl Service {
    /// What a rule that only reads finds, beside the queue.
    pub(crate) fn read<T>(&self, rule: impl FnOnce(&Work<'_>) -> Ruling<T>) -> Ruling<T> {
        self.readers.read(|db| {
            let transaction = db.unchecked_transaction()?;
            let work = turn::work(self, &transaction);
            Ok(rule(&work))
        })?
    }

    /// One more request that nobody signed, if there is room for it.
    pub(crate) fn admit_unsigned(&self) -> Result<(), Code> {
        count(self, Counted::Unsigned).map_err(|problem| problem.code)
    }

    /// Runs a rule in its turn, durably.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        rule: impl FnOnce(&Work<'_>) -> Ruling<T> + Send + 'static,
    ) -> Result<T, Code> {
        let of_job = self.clone();
        self.writer.run(move |db| Ok(turn::beside(&of_job, db, rule))).await.unwrap_or(Err(Code::Unavailable))
    }

    /// Runs a rule in its turn, durably, for a caller that may block.
    pub(crate) fn write_blocking<T: Send + 'static>(
        self: &Arc<Self>,
        rule: impl FnOnce(&Work<'_>) -> Ruling<T> + Send + 'static,
    ) -> Result<T, Code> {
        let of_job = self.clone();
        self.writer.run_blocking(move |db| Ok(turn::beside(&of_job, db, rule))).unwrap_or(Err(Code::Unavailable))
    }
}

/// A request whose body has not been read.
pub(crate) struct Incoming {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) params: Params,
    pub(crate) body: Body,
}

/// From the request to what goes back.
pub(crate) async fn answer(service: &Arc<Service>, route: &Route, request: Incoming) -> Answer {
    decide(service, route, request).await.unwrap_or_else(Answer::from)
}

async fn decide(service: &Arc<Service>, route: &Route, request: Incoming) -> Result<Answer, Problem> {
    let Incoming { target, headers, params, body } = request;
    match route.access {
        Access::Desk => check_officer(service, &headers)?,
        Access::Nobody => count(service, Counted::Unsigned)?,
        Access::NewPhone(_) | Access::Phone | Access::Session | Access::OfTransfer => (),
    }
    let body = body::read(&headers, body, route.takes.limit()).await?;
    if let Access::Nobody | Access::Desk = route.access {
        return match &route.does {
            Does::AdvanceClock => {
                check_form(route, &headers, &params)?;
                service.advance_clock(&body).await
            }
            Does::Rule(prepare) => {
                let prepared = understand(route, &headers, &params, body, prepare)?;
                Ok(in_turn(service, move |service, db| Ok(turn::rule(service, db, Asker::Anybody, prepared))).await)
            }
        };
    }
    let raw = Raw { method: route.method, target: &target, headers: &headers, body: &body };
    let signed = check_signature(service, route.access, &raw)?;
    count(service, Counted::Key(signed.parameters.keyid.clone()))?;
    let Does::Rule(prepare) = &route.does else { return Err(Code::NotFound.into()) };
    // A body that makes no sense still uses its nonce up: it is refused in its turn.
    let prepared = understand(route, &headers, &params, body, prepare);
    let needs = match route.access {
        Access::NewPhone(_) => Needs::NewKey,
        Access::Session => Needs::Token,
        Access::OfTransfer => Needs::Transfer,
        Access::Phone | Access::Nobody | Access::Desk => Needs::Phone,
    };
    // Whoever waits listens before the first look: nothing is missed between the two.
    let waiting = route.waits_while.map(|nothing| {
        let (signed, hears) = (signed.again(), service.bell.listen());
        (nothing, Waiting { signed, needs, prepare, params: &params, hears })
    });
    let request = turn::Request { signed, prepared, needs, keeps: route.keeps };
    let answer = in_turn(service, move |service, db| turn::signed(service, db, request)).await;
    if needs == Needs::Transfer && route.method != Method::Get && answer.is_success() {
        service.bell.ring();
    }
    Ok(match waiting {
        Some((nothing, waiting)) if answer.is_success() && answer.body == nothing => {
            waiting.answer(service, answer).await
        }
        _ => answer,
    })
}

/// Runs on the database's thread, and returns when it is durable.
async fn in_turn<F>(service: &Arc<Service>, work: F) -> Answer
where
    F: FnOnce(&Service, &Transaction) -> rusqlite::Result<Answer> + Send + 'static,
{
    let of_job = service.clone();
    service.writer.run(move |db| work(&of_job, db)).await.unwrap_or_else(Answer::from)
}

fn check_signature(service: &Service, access: Access, raw: &Raw<'_>) -> Result<Signed, Code> {
    let measure = Measure { host: &service.host, now: service.clock.now(), mac: &service.keys.mac };
    signed::check(raw, &measure, |keyid| match access {
        Access::NewPhone(key_in) => key_in(raw.body).ok_or(Code::BadBody),
        _ => match service.readers.read(|db| devices::known_key(db, keyid)) {
            Ok(known) => known.map(|known| known.key).ok_or(Code::UnknownKey),
            Err(error) => {
                crate::note(format_args!("sandbox: database: {error}"));
                Err(Code::Unavailable)
            }
        },
    })
}

fn check_officer(service: &Service, headers: &HeaderMap) -> Result<(), Code> {
    let authorization = one(headers, AUTHORIZATION)?.ok_or(Code::DeskOnly)?;
    let token = bearer(authorization).map_err(|_| Code::DeskOnly)?;
    if service.keys.is_desk_token(token) { Ok(()) } else { Err(Code::DeskOnly) }
}

fn count(service: &Service, counted: Counted) -> Result<(), Problem> {
    let taken = service.buckets.take(counted, Instant::now());
    taken.map_err(|wait_s| Problem { retry_after_s: Some(wait_s), ..Code::RateLimited.into() })
}

/// Media type, query, body: what can be wrong with a request before a rule sees it.
fn understand(
    route: &Route,
    headers: &HeaderMap,
    params: &Params,
    body: Vec<u8>,
    prepare: &Prepare,
) -> Result<Prepared, Code> {
    check_form(route, headers, params)?;
    prepare(params, body)
}

fn check_form(route: &Route, headers: &HeaderMap, params: &Params) -> Result<(), Code> {
    if let Some(expected) = route.takes.media_type() {
        let given = one(headers, CONTENT_TYPE)?.unwrap_or_default();
        let essence = given.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case(expected) {
            return Err(Code::MediaType);
        }
    }
    if params.has_stray(&route.query()) { Err(Code::BadRequest) } else { Ok(()) }
}
