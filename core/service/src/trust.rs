//! Whom the service's statements and its TLS key are believed by: sets that the offline root signed, of which the highest version is
//! kept, in the vault.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use citizen_protocol::trust::{PinSet, Replacement, RootSigned, Row, StatementKeys, TrustError};
use citizen_protocol::wire::{SignedBytes, TrustDocuments, TrustRequest, UnixTime};
use citizen_vault::{Changes, Table, Tables, Vault};

use crate::config::{Config, ConfigError};
use crate::error::ServiceError;
use crate::link::Link;

static DOCUMENTS: Table<SignedBytes> = Table::new("trust");
const PINS: &str = "pins";
const STATEMENT_KEYS: &str = "statement_keys";

/// The pin set in force.
pub(crate) struct Pins(RwLock<PinSet>);

impl Pins {
    /// The build's own set, or a newer one that the vault has.
    pub(crate) fn open(config: &Config, vault: &Vault) -> Result<Self, ConfigError> {
        let built_in = PinSet::verified(&config.pins, &config.root_key, config.env)?;
        // One that no longer holds, say after an update with another root, is as good as none.
        let kept = vault.get(&DOCUMENTS, PINS)?;
        let kept = kept.and_then(|kept| PinSet::verified(&kept, &config.root_key, config.env).ok());
        let newest = kept.filter(|kept| kept.version() > built_in.version()).unwrap_or(built_in);
        Ok(Self(RwLock::new(newest)))
    }

    fn set(&self) -> PinSet {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a TLS key is pinned now.
    pub(crate) fn accept(&self, spki_sha256: &[u8], now: UnixTime) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).accepts(spki_sha256, now)
    }
}

/// The statement keys in force, and the pins.
pub(crate) struct Trust {
    pins: Arc<Pins>,
    statement_keys: Mutex<Option<Arc<StatementKeys>>>,
    /// When both sets were last fetched, since this start.
    fetched: Mutex<Option<UnixTime>>,
}

/// How often the sets are fetched, in seconds: two changes of a key are further apart.
const REFRESH_S: u64 = 24 * 3600;

impl Trust {
    pub(crate) fn new(pins: Arc<Pins>) -> Self {
        Self { pins, statement_keys: Mutex::new(None), fetched: Mutex::new(None) }
    }
}

impl Link {
    /// The statement keys: those at hand, those of the vault, or the service's newest.
    pub(crate) async fn statement_keys(&self) -> Result<Arc<StatementKeys>, ServiceError> {
        let at_hand = self.trust.statement_keys.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(keys) = at_hand {
            return Ok(keys);
        }
        if let Some(keys) = self.kept_statement_keys().await? {
            return Ok(self.trust.believe(keys));
        }
        self.refresh_trust().await
    }

    async fn kept_statement_keys(&self) -> Result<Option<StatementKeys>, ServiceError> {
        let kept = self.storage.get(&DOCUMENTS, STATEMENT_KEYS).await?;
        let Config { root_key, env, .. } = &self.config;
        Ok(kept.and_then(|kept| StatementKeys::verified(&kept, root_key, *env).ok()))
    }

    /// Fetches both sets if that was last done over a day ago: a phone that is used never falls behind the service's keys. A network that
    /// fails now is no reason to stop.
    ///
    /// # Errors
    /// `Trust` for a set that does not hold.
    pub(crate) async fn refresh_trust_daily(&self) -> Result<(), ServiceError> {
        let fetched = *self.trust.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if fetched.is_some_and(|fetched| self.now().since(fetched) < REFRESH_S) {
            return Ok(());
        }
        match self.refresh_trust().await {
            Err(error @ ServiceError::Trust(_)) => Err(error),
            _ => Ok(()),
        }
    }

    /// Fetches both sets, verifies them, and keeps those that are newer.
    ///
    /// # Errors
    /// `Trust` for a set that does not hold: nothing changes.
    pub async fn refresh_trust(&self) -> Result<Arc<StatementKeys>, ServiceError> {
        let TrustDocuments { pins, statement_keys } = self.call(&TrustRequest {}).await?;
        let Config { root_key, env, .. } = &self.config;
        let offered_pins = PinSet::verified(&pins, root_key, *env).map_err(ServiceError::Trust)?;
        let offered_keys = StatementKeys::verified(&statement_keys, root_key, *env).map_err(ServiceError::Trust)?;
        let mut changes = Changes::new();
        let newer_pins = newer(offered_pins, Some(&self.trust.pins.set()))?;
        if newer_pins.is_some() {
            changes = changes.put(&DOCUMENTS, PINS, &pins)?;
        }
        let kept_keys = self.kept_statement_keys().await?;
        let newer_keys = newer(offered_keys, kept_keys.as_ref())?;
        if newer_keys.is_some() {
            changes = changes.put(&DOCUMENTS, STATEMENT_KEYS, &statement_keys)?;
        }
        self.storage.commit(changes).await?;
        *self.trust.fetched.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.now());
        if let Some(pins) = newer_pins {
            *self.trust.pins.0.write().unwrap_or_else(PoisonError::into_inner) = pins;
        }
        // One of the two is there: without kept keys, those offered are newer.
        let keys = newer_keys.or(kept_keys).ok_or(ServiceError::Trust(TrustError::Malformed))?;
        Ok(self.trust.believe(keys))
    }
}

/// A set if it takes the place of the one that is kept.
fn newer<R: Row + Clone + Eq>(
    offered: RootSigned<R>,
    kept: Option<&RootSigned<R>>,
) -> Result<Option<RootSigned<R>>, ServiceError> {
    let Some(kept) = kept else { return Ok(Some(offered)) };
    match offered.replaces(kept).map_err(ServiceError::Trust)? {
        Replacement::Newer => Ok(Some(offered)),
        Replacement::Same => Ok(None),
    }
}

impl Trust {
    fn believe(&self, keys: StatementKeys) -> Arc<StatementKeys> {
        let keys = Arc::new(keys);
        *self.statement_keys.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&keys));
        keys
    }
}
