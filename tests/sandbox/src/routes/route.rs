//! One operation of the service: how it is called, what it carries, which rule decides it, and what the contract says of it.

use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{Call, Code, Credential, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::params::Params;
use super::schema::{Schema, schema_of};
use crate::pipeline::{Answer, Keeps, object};
use crate::work::{Caller, Ruling, Work};

/// Who may call.
#[derive(Clone, Copy)]
pub(crate) enum Access {
    /// Everybody, unsigned.
    Nobody,
    /// A phone whose key comes with the request.
    NewPhone(fn(&[u8]) -> Option<PublicKey>),
    /// A registered phone.
    Phone,
    /// A registered phone with its account's token.
    Session,
    /// A phone that takes part in a transfer: a registered one, the new one that joined, the old one after it.
    OfTransfer,
    /// An officer.
    Desk,
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    Nothing,
    Json(Schema),
    /// As it is, so many at most.
    Bytes(usize),
}

/// The longest JSON of a request.
const JSON_LIMIT: usize = 1 << 20;

impl Takes {
    /// Bytes that are read before it is too large.
    pub(crate) fn limit(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Json(_) => JSON_LIMIT,
            Self::Bytes(limit) => limit,
        }
    }

    pub(crate) fn media_type(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Json(_) => Some("application/json"),
            Self::Bytes(_) => Some("application/octet-stream"),
        }
    }
}

/// What a success carries.
#[derive(Clone, Copy)]
pub(crate) enum Gives {
    Json(Schema),
    Bytes,
}

/// A parameter beside the ids in the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    InPath(&'static str),
    InQuery(&'static str),
}

/// A request that was understood: run it with what it needs, once.
pub(crate) type Prepared = Box<dyn FnOnce(&Work<'_>, Asker<'_>) -> Ruling<Answer> + Send>;

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) enum Asker<'a> {
    Anybody,
    Phone(&'a Caller),
}

impl<'a> Asker<'a> {
    /// Whoever signed.
    pub(crate) fn phone(self) -> Result<&'a Caller, Code> {
        match self {
            Self::Phone(caller) => Ok(caller),
            Self::Anybody => Err(Code::Unsigned),
        }
    }
}

/// Reads a request's parameters and body.
pub(crate) type Prepare = Box<dyn Fn(&Params, Vec<u8>) -> Result<Prepared, Code> + Send + Sync>;

/// What an operation does.
pub(crate) enum Does {
    Rule(Prepare),
    /// The one thing that is not the rules': the clock.
    AdvanceClock,
}

/// An operation.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// As `OpenAPI` writes it, ids in braces.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) takes: Takes,
    pub(crate) numbers: &'static [Number],
    pub(crate) does: Does,
    pub(crate) keeps: Keeps,
    /// The answer that says nothing yet: the request waits a while for another one.
    pub(crate) waits_while: Option<&'static [u8]>,
    /// Its name in the contract.
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) gives: Gives,
}

/// Puts path and query into a request.
pub(crate) type Fill<X> = fn(&mut X, &Params) -> Result<(), Code>;

/// For requests of which neither path nor query say anything.
#[expect(clippy::unnecessary_wraps, reason = "one of several that fill")]
pub(crate) fn nothing<X>(_: &mut X, _: &Params) -> Result<(), Code> {
    Ok(())
}

/// A call of a phone that carries JSON.
pub(crate) fn sends<X>(
    path: &'static str,
    fill: Fill<X>,
    rule: impl Fn(&Work<'_>, &Caller, X) -> Ruling<X::Answer> + Copy + Send + Sync + 'static,
) -> Route
where
    X: Call + DeserializeOwned + ToSchema + Send + 'static,
    X::Answer: Serialize + ToSchema + 'static,
{
    Route { takes: Takes::Json(schema_of::<X>), ..asks(path, fill, rule) }
}

/// A call of a phone that carries nothing but its path.
pub(crate) fn asks<X>(
    path: &'static str,
    fill: Fill<X>,
    rule: impl Fn(&Work<'_>, &Caller, X) -> Ruling<X::Answer> + Copy + Send + Sync + 'static,
) -> Route
where
    X: Call + DeserializeOwned + Send + 'static,
    X::Answer: Serialize + ToSchema + 'static,
{
    let access = match X::CREDENTIAL {
        Credential::Nobody => Access::Nobody,
        Credential::Device => Access::Phone,
        Credential::Session => Access::Session,
    };
    let prepare = prepare(fill, move |work, asker, request| rule(work, asker.phone()?, request));
    Route::new(X::METHOD, path, access, prepare, Gives::Json(schema_of::<X::Answer>))
}

/// A call whose request is no JSON: it is read from the path and, if it takes any, the bytes.
pub(crate) fn as_it_is<X: Call + Send + 'static>(
    path: &'static str,
    access: Access,
    gives: Gives,
    read: impl Fn(&Params, Vec<u8>) -> Result<X, Code> + Send + Sync + 'static,
    rule: impl Fn(&Work<'_>, &Caller, X) -> Ruling<X::Answer> + Copy + Send + Sync + 'static,
) -> Route
where
    X::Answer: Serialize,
{
    let prepare = move |params: &Params, bytes: Vec<u8>| {
        let request = read(params, bytes)?;
        let run = move |work: &Work<'_>, asker: Asker<'_>| Ok(Answer::json(&rule(work, asker.phone()?, request)?));
        Ok(Box::new(run) as Prepared)
    };
    Route::new(X::METHOD, path, access, Box::new(prepare), gives)
}

/// A call that nobody signs, and that carries JSON.
pub(crate) fn open<X>(
    path: &'static str,
    rule: impl Fn(&Work<'_>, X) -> Ruling<X::Answer> + Copy + Send + Sync + 'static,
) -> Route
where
    X: Call + DeserializeOwned + ToSchema + Send + 'static,
    X::Answer: Serialize + ToSchema + 'static,
{
    Route { takes: Takes::Json(schema_of::<X>), ..public(path, rule) }
}

/// A call that nobody signs.
pub(crate) fn public<X>(
    path: &'static str,
    rule: impl Fn(&Work<'_>, X) -> Ruling<X::Answer> + Copy + Send + Sync + 'static,
) -> Route
where
    X: Call + DeserializeOwned + Send + 'static,
    X::Answer: Serialize + ToSchema + 'static,
{
    let prepare = prepare(|_: &mut X, _| Ok(()), move |work, _, request| rule(work, request));
    Route::new(X::METHOD, path, Access::Nobody, prepare, Gives::Json(schema_of::<X::Answer>))
}

/// Of the desk: its requests and answers are no calls of the phone's contract.
pub(crate) fn desk<X, A>(
    method: Method,
    path: &'static str,
    fill: Fill<X>,
    rule: impl Fn(&Work<'_>, X) -> Ruling<A> + Copy + Send + Sync + 'static,
) -> Route
where
    X: DeserializeOwned + Send + 'static,
    A: Serialize + ToSchema + 'static,
{
    let prepare = prepare(fill, move |work, _, request| rule(work, request));
    Route::new(method, path, Access::Desk, prepare, Gives::Json(schema_of::<A>))
}

impl Route {
    pub(crate) fn new(method: Method, path: &'static str, access: Access, prepare: Prepare, gives: Gives) -> Self {
        let does = Does::Rule(prepare);
        let (takes, keeps) = (Takes::Nothing, Keeps::Answers);
        Self { method, path, access, takes, numbers: &[], does, keeps, waits_while: None, name: "", summary: "", gives }
    }

    /// For the contract.
    pub(crate) fn named(self, name: &'static str, summary: &'static str) -> Self {
        Self { name, summary, ..self }
    }

    pub(crate) fn with(self, numbers: &'static [Number]) -> Self {
        Self { numbers, ..self }
    }

    pub(crate) fn carrying<X: ToSchema>(self) -> Self {
        Self { takes: Takes::Json(schema_of::<X>), ..self }
    }

    /// Its success has a secret in it, which is not kept: a repetition is decided again.
    pub(crate) fn answering_a_secret(self) -> Self {
        Self { keeps: Keeps::Refusals, ..self }
    }

    pub(crate) fn of(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// Names that the query may have.
    pub(crate) fn query(&self) -> Vec<&'static str> {
        let names = self.numbers.iter();
        names.filter_map(|number| if let Number::InQuery(name) = number { Some(*name) } else { None }).collect()
    }
}

/// Decodes JSON, `{}` where nothing is carried; fills in path and query; then there is nothing left to do but run it.
fn prepare<X, A>(
    fill: Fill<X>,
    rule: impl Fn(&Work<'_>, Asker<'_>, X) -> Ruling<A> + Copy + Send + Sync + 'static,
) -> Prepare
where
    X: DeserializeOwned + Send + 'static,
    A: Serialize,
{
    Box::new(move |params, body| {
        let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
        let mut request: X = object(body)?;
        fill(&mut request, params)?;
        Ok(Box::new(move |work, asker| Ok(Answer::json(&rule(work, asker, request)?))))
    })
}
