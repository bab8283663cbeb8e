//! What a shell says once, at the start.

use std::sync::Arc;

use citizen_protocol::key::PublicKey;
use citizen_protocol::trust::Env;
use citizen_protocol::wire::MessagePlatform;
use citizen_protocol::{json, wire};
use citizen_service::{Backoff, Clock, Life, SystemClock, TimeLimits};
use citizen_text::Language;

use crate::Problem;

/// Where the app keeps its things, what it runs on, and whom it talks to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AppConfig {
    /// A folder of the app's own, outside every backup (Android: `noBackupFilesDir`; iOS: excluded from backup).
    pub folder: String,
    /// The phone's language (BCP 47: `vi`, `en-GB`), for an app that was never used; later the holder's choice counts. Vietnamese for
    /// none, and for those that there are no texts in.
    pub language: Option<String>,
    /// The phone.
    pub phone: PhoneInfo,
    /// Android's `createAppSpecificSmsToken`: the service's messages end with it. Others have none.
    pub sms_token: Option<String>,
    /// A build for citizens: it refuses debuggers, and talks to the production service only.
    pub production: bool,
    /// The service.
    pub service: ServiceConfig,
}

/// What a phone says of itself; the holder reads the model beside a one-time code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneInfo {
    /// Its model; 64 characters at most.
    pub model: String,
    /// Its system and version: `Android 15`, `iOS 18.1`.
    pub os: String,
    /// The app's version.
    pub app_version: String,
}

/// The service that a build talks to, and whom it believes. Fixed in the build.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ServiceConfig {
    /// `name` or `name:port`.
    pub host: String,
    /// Root certificates, DER.
    pub roots: Vec<Vec<u8>>,
    /// The offline key that signs pin sets and statement keys: SPKI DER, 91 bytes.
    pub root_key: Vec<u8>,
    /// The signed pin set that the build ships with: JSON, as `/v1/trust` has it.
    pub pins: Vec<u8>,
}

/// What tests set: time, waits, and where the process dies.
#[derive(Clone)]
pub struct Setup {
    /// The phone's clocks.
    pub clock: Arc<dyn Clock>,
    /// How long to wait for the service.
    pub limits: TimeLimits,
    /// How to try again.
    pub backoff: Backoff,
    /// Where the process dies, with the feature `kill-points`.
    pub life: Life,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            limits: TimeLimits::default(),
            backoff: Backoff::default(),
            life: Life::default(),
        }
    }
}

impl AppConfig {
    pub(crate) fn language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_tag).unwrap_or_default()
    }

    /// Which form of message the phone can offer to fill in.
    pub(crate) fn messages(&self) -> MessagePlatform {
        match &self.sms_token {
            Some(token) => MessagePlatform::Android { token: token.clone() },
            None if self.phone.os.starts_with("iOS") || self.phone.os.starts_with("iPadOS") => MessagePlatform::Ios,
            None => MessagePlatform::Plain,
        }
    }

    /// As the client of the service takes it.
    pub(crate) fn client(&self, setup: &Setup) -> Result<citizen_service::Config, Problem> {
        let ServiceConfig { host, roots, root_key, pins } = &self.service;
        let pins: wire::SignedBytes = json::read(pins).map_err(|_| Problem::Configuration)?;
        Ok(citizen_service::Config {
            host: host.clone(),
            env: if self.production { Env::Production } else { Env::Test },
            roots: roots.clone(),
            root_key: PublicKey::from_spki(root_key).ok_or(Problem::Configuration)?,
            pins,
            limits: setup.limits,
            backoff: setup.backoff,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Service;

    #[test]
    fn messages_are_what_the_phone_can_read() {
        let config = Service::new().config("/");
        let on = |os: &str, token: Option<&str>| {
            let phone = PhoneInfo { os: os.into(), ..config.phone.clone() };
            AppConfig { phone, sms_token: token.map(str::to_owned), ..config.clone() }.messages()
        };
        assert_eq!(on("Android 15", Some("abcdefghijk")), MessagePlatform::Android { token: "abcdefghijk".into() });
        assert_eq!(on("Android 7", None), MessagePlatform::Plain);
        assert_eq!(on("iOS 18.1", None), MessagePlatform::Ios);
        assert_eq!(on("iPadOS 18.1", None), MessagePlatform::Ios);
        assert_eq!(on("Linux 6", None), MessagePlatform::Plain);
    }

    #[test]
    fn a_language_without_texts_is_vietnamese() {
        let config = Service::new().config("/");
        let of =
            |language: Option<&str>| AppConfig { language: language.map(str::to_owned), ..config.clone() }.language();
        assert_eq!(
            [of(Some("en-GB")), of(Some("vi")), of(Some("fr")), of(None)],
            [Language::En, Language::Vi, Language::Vi, Language::Vi]
        );
    }
}
