//! What a request says in its path and query.

use axum::extract::RawPathParams;
use citizen_protocol::wire::{Code, Id};

/// Names and values. A name that the path's template has, and the query's.
#[derive(Default)]
pub(crate) struct Params {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl Params {
    /// From the parts of the path, and the query with nothing in it that would need decoding.
    pub(crate) fn new(path: &RawPathParams, query: Option<&str>) -> Self {
        let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let query = query.unwrap_or_default().split('&').filter(|part| !part.is_empty());
        let query = query.map(|part| part.split_once('=').unwrap_or((part, "")));
        Self { path, query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect() }
    }

    /// An id in the path. What is none names nothing.
    pub(crate) fn id(&self, name: &str) -> Result<Id, Code> {
        self.path(name).and_then(Id::parse).ok_or(Code::NotFound)
    }

    /// A number in the path, written without leading zeros or sign.
    pub(crate) fn number(&self, name: &str) -> Result<u32, Code> {
        self.path(name).and_then(decimal).and_then(|number| u32::try_from(number).ok()).ok_or(Code::NotFound)
    }

    /// A number in the query.
    pub(crate) fn query_number(&self, name: &str) -> Result<u64, Code> {
        let mut values = self.query.iter().filter(|(given, _)| given == name);
        let (Some((_, value)), None) = (values.next(), values.next()) else { return Err(Code::BadRequest) };
        decimal(value).ok_or(Code::BadRequest)
    }

    /// Whether the query has other names than these.
    pub(crate) fn has_stray(&self, known: &[&str]) -> bool {
        self.query.iter().any(|(name, _)| !known.contains(&name.as_str()))
    }

    fn path(&self, name: &str) -> Option<&str> {
        self.path.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = digits && (text == "0" || !text.starts_with('0'));
    canonical.then(|| text.parse().ok()).flatten()
}

/// Puts an id of the path into a request.
macro_rules! fills {
    ($($fill:ident: $request:ty, $field:ident;)*) => {
        $(fn $fill(request: &mut $request, params: &Params) -> Result<(), Code> {
            request.$field = params.id(stringify!($field))?;
            Ok(())
        })*
    };
}
pub(super) use fills;
