//! What goes back: JSON, a problem, at the desk bytes, or a page.

use citizen_protocol::wire::{Code, Problem};
use serde::Serialize;

use crate::data::Broken;

/// An answer before it has headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after_s: Option<u32>,
    pub(crate) content: Content,
    pub(crate) body: Vec<u8>,
}

/// What the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    /// RFC 9457.
    Problem,
    Bytes,
    /// For people.
    Html,
}

impl Content {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Problem => "application/problem+json",
            Self::Bytes => "application/octet-stream",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

impl Answer {
    /// 200 with JSON. A value that can't be written is the service's fault.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::success(Content::Json, body),
            Err(_) => Code::Internal.into(),
        }
    }

    /// 200 with what is written already.
    pub(crate) fn success(content: Content, body: Vec<u8>) -> Self {
        Self { status: 200, retry_after_s: None, content, body }
    }

    /// One that was kept: of a phone's call, which gives JSON or a problem.
    pub(crate) fn kept(status: u16, retry_after_s: Option<u32>, body: Vec<u8>) -> Self {
        let content = if status < 300 { Content::Json } else { Content::Problem };
        Self { status, retry_after_s, content, body }
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status < 300
    }

    /// Whether a repetition gets the same: what may go better the next time is decided again.
    pub(crate) fn is_final(&self) -> bool {
        !matches!(self.status, 401 | 429 | 500..)
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        let body = serde_json::to_vec(&problem).unwrap_or_else(|_| b"{}".to_vec());
        let Problem { status, retry_after_s, .. } = problem;
        Self { status, retry_after_s, content: Content::Problem, body }
    }
}

impl From<Code> for Answer {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

/// A job that has no answer of its own was rolled back.
impl From<Broken> for Answer {
    fn from(broken: Broken) -> Self {
        crate::note(format_args!("sandbox: {broken}"));
        match broken {
            Broken::Panicked | Broken::Database(_) => Code::Internal.into(),
            Broken::Closed => Code::Unavailable.into(),
        }
    }
}
