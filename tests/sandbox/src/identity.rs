//! What a client has to know of this service; also `client.json` in the data folder.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_protocol::wire::SignedBytes;
use serde::{Deserialize, Serialize};

use crate::service_keys::ServiceKeys;

/// Where the service is, and whom a client trusts there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceIdentity {
    /// `localhost`: in URLs and in the server's certificate, beside `127.0.0.1` and `::1`.
    pub host: String,
    /// The port that clients connect to and sign.
    pub port: u16,
    /// The test CA's certificate, DER.
    pub ca: Vec<u8>,
    /// The root key that signs pin sets and statement-key sets: SPKI DER, 91 bytes.
    pub root: Vec<u8>,
    /// The pin set that a build ships with, signed by the root.
    pub pin_set: SignedBytes,
    /// SHA-256 of the SPKI of the TLS keys: current, next, backup.
    pub pins: [[u8; 32]; 3],
}

impl ServiceIdentity {
    pub(crate) fn new(keys: &ServiceKeys, port: u16) -> Self {
        let pins = &keys.pins;
        Self {
            host: HOST.to_owned(),
            port,
            ca: keys.ca.clone(),
            root: keys.root.public().spki().to_vec(),
            pin_set: keys.trust().pins.clone(),
            pins: [pins.current, pins.next, pins.backup],
        }
    }

    /// `localhost:PORT`, as in target URIs.
    #[must_use]
    pub fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// `https://localhost:PORT`
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.authority())
    }

    /// The test CA's certificate as PEM (RFC 7468), for `curl --cacert`.
    #[must_use]
    pub fn ca_pem(&self) -> String {
        let base64 = STANDARD.encode(&self.ca);
        let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
        let mut rest = base64.as_str();
        while !rest.is_empty() {
            let (line, more) = rest.split_at(rest.len().min(64));
            pem.extend([line, "\n"]);
            rest = more;
        }
        pem + "-----END CERTIFICATE-----\n"
    }

    /// From `client.json`, for a client of a service that runs as a program of its own.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let Written { host, port, ca_pem, root_spki, pin_set, pins } = serde_json::from_str(text).ok()?;
        let ca: String = ca_pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let [first, second, third] = pins.map(|pin| bytes(&pin)?.try_into().ok());
        let pins = [first?, second?, third?];
        Some(Self { host, port, ca: bytes(&ca)?, root: bytes(&root_spki)?, pin_set, pins })
    }

    /// As `client.json` says it.
    pub(crate) fn json(&self) -> String {
        let written = Written {
            host: self.host.clone(),
            port: self.port,
            ca_pem: self.ca_pem(),
            root_spki: STANDARD.encode(&self.root),
            pin_set: self.pin_set.clone(),
            pins: self.pins.map(|pin| STANDARD.encode(pin)),
        };
        serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
    }
}

pub(crate) const HOST: &str = "localhost";

/// Bytes in base64; the pin set as it crosses.
#[derive(Serialize, Deserialize)]
struct Written {
    host: String,
    port: u16,
    ca_pem: String,
    root_spki: String,
    pin_set: SignedBytes,
    pins: [String; 3],
}

fn bytes(base64: &str) -> Option<Vec<u8>> {
    STANDARD.decode(base64).ok()
}
