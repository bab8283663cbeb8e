//! What a signature covers.

use crate::wire::Id;

/// A request as far as its signature covers it.
#[derive(Debug, Clone, Copy)]
pub struct Covered<'a> {
    /// `POST`
    pub method: &'a str,
    /// `https://HOST/path?query`; see [`target_uri`].
    pub target_uri: &'a str,
    /// The header Content-Digest; see [`crate::digest`].
    pub content_digest: &'a str,
    /// The header Idempotency-Key, with its quotes; on everything but GET.
    pub idempotency_key: Option<&'a str>,
    /// The header Authorization.
    pub authorization: Option<&'a str>,
}

impl<'a> Covered<'a> {
    /// Names and values, in the profile's order; what is absent is left out.
    pub(super) fn components(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        [
            ("@method", Some(self.method)),
            ("@target-uri", Some(self.target_uri)),
            ("content-digest", Some(self.content_digest)),
            ("idempotency-key", self.idempotency_key),
            ("authorization", self.authorization),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// The component list of the parameters, in its parentheses.
    pub(super) fn list(&self) -> String {
        let names: Vec<String> = self.components().map(|(name, _)| format!("\"{name}\"")).collect();
        format!("({})", names.join(" "))
    }

    /// Whether no value can break out of its line.
    pub(super) fn is_clean(&self) -> bool {
        self.components().all(|(_, value)| value.bytes().all(|byte| (0x20..0x7f).contains(&byte)))
    }
}

/// The target of a request to `host` (a name, with a port unless it is 443), from configuration and never from the Host header.
#[must_use]
pub fn target_uri(host: &str, path_and_query: &str) -> String {
    format!("https://{host}{path_and_query}")
}

/// Names one effect: the same on every try of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(pub Id);

impl IdempotencyKey {
    /// The header's value: 22 characters in quotes.
    #[must_use]
    pub fn header(self) -> String {
        format!("\"{}\"", self.0)
    }

    /// From the header's value.
    #[must_use]
    pub fn parse(header: &str) -> Option<Self> {
        header.strip_prefix('"')?.strip_suffix('"').and_then(Id::parse).map(Self)
    }
}
