//! A call: its method and path, what it carries, what comes back, and how it may travel.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// An HTTP method of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or asks for something.
    Post,
    /// Writes a part at its place.
    Put,
    /// Ends something.
    Delete,
}

impl Method {
    /// As it stands in the request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who a call speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// Nobody: not signed.
    Nobody,
    /// The phone: signed by `K_dev`.
    Device,
    /// The account: signed by `K_dev`, with an access token.
    Session,
}

/// Whether a call may wait in the outbox for a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Now, or an error: one-time codes, passwords, sign-in, and whatever only makes sense while the holder looks.
    Now,
    /// Kept in the vault until it is answered.
    Outbox,
}

/// Bytes that are no JSON.
pub type RawBody = Vec<u8>;

/// What travels to the service, with the type of its answer.
pub trait Call: Serialize {
    /// What a success carries.
    type Answer: DeserializeOwned;
    /// Its method.
    const METHOD: Method;
    /// Who it speaks for.
    const CREDENTIAL: Credential = Credential::Device;
    /// Whether it may wait.
    const DELIVERY: Delivery = Delivery::Now;

    /// Path and query, below the host.
    fn path(&self) -> String;

    /// What goes out instead of JSON, for the calls that carry bytes.
    fn raw(&self) -> Option<RawBody> {
        None
    }
}

/// An answer that says nothing but yes: `{}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Empty {}

/// Declares a call with a fixed or formatted path.
macro_rules! call {
    ($request:ty => $answer:ty, $method:ident $path:expr $(, $credential:ident)? $(; $delivery:ident)?) => {
        impl $crate::wire::Call for $request {
            type Answer = $answer;
            const METHOD: $crate::wire::Method = $crate::wire::Method::$method;
            $(const CREDENTIAL: $crate::wire::Credential = $crate::wire::Credential::$credential;)?
            $(const DELIVERY: $crate::wire::Delivery = $crate::wire::Delivery::$delivery;)?

            fn path(&self) -> String {
                let path: fn(&Self) -> String = $path;
                path(self)
            }
        }
    };
}
pub(super) use call;
