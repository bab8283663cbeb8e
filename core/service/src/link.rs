//! The link to the service: calls in, answers out.

use std::io::Write;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use citizen_keystore::DeviceKeystore;
use citizen_protocol::wire::{
    Call, Code, Credential, Delivery, EnrolChallengeRequest, Id, Method, Next, Secret, UnixTime,
};
use citizen_protocol::{digest, json, signature};
use citizen_vault::Vault;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use serde::de::DeserializeOwned;
use signature::{Covered, IdempotencyKey, Nonce, Parameters, ToSign};
use zeroize::Zeroizing;

use crate::account::Sessions;
use crate::clock::{Clock, ServerTime};
use crate::config::{Config, ConfigError};
use crate::error::{BodyFault, ServiceError};
use crate::life::{Life, Moment};
use crate::signer::Signer;
use crate::storage::Storage;
use crate::transport::{Outgoing, Transport};
use crate::trust::{Pins, Trust};

/// An answer's body on its way; [`decode`] reads it.
pub type Asked<'a> = Pin<Box<dyn Future<Output = Result<Zeroizing<Vec<u8>>, ServiceError>> + Send + 'a>>;

/// The link to the service. One for an app; shared by whoever calls.
pub struct Link {
    pub(crate) config: Config,
    pub(crate) storage: Storage,
    pub(crate) keystore: Arc<dyn DeviceKeystore>,
    pub(crate) trust: Trust,
    pub(crate) sessions: Sessions,
    /// Held while an item of the outbox changes.
    pub(crate) outbox: tokio::sync::Mutex<()>,
    /// Held while the phone's keys change.
    pub(crate) binding: tokio::sync::Mutex<()>,
    transport: Transport,
    signer: RwLock<Option<Signer>>,
    /// The service said that it does not know the key.
    refused: AtomicBool,
}

impl Link {
    /// A link that has sent nothing yet. A phone that is bound already speaks with its key from the start.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn new(
        config: Config,
        vault: Arc<Vault>,
        keystore: Arc<dyn DeviceKeystore>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConfigError> {
        let time = Arc::new(ServerTime::new(clock));
        let pins = Arc::new(Pins::open(&config, &vault)?);
        let transport = Transport::new(&config, Arc::clone(&pins), time)?;
        let signer = crate::binding::kept_signer(&vault, &keystore)?;
        let trust = Trust::new(pins);
        let sessions = Sessions::default();
        let storage = Storage { vault, life: Life::default() };
        Ok(Self {
            config,
            storage,
            keystore,
            trust,
            sessions,
            outbox: tokio::sync::Mutex::default(),
            binding: tokio::sync::Mutex::default(),
            transport,
            signer: RwLock::new(signer),
            refused: AtomicBool::new(false),
        })
    }

    /// The same, of a process whose life a test ends.
    #[must_use]
    pub fn living(mut self, life: Life) -> Self {
        self.storage.life = life;
        self
    }

    /// The service's time as far as it is known.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        self.transport.time.now()
    }

    /// How long the phone is up, sleep included: its holder can't set that.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        self.transport.time.uptime()
    }

    /// The service's time, asked for if it is not known yet; an error without a network.
    pub(crate) async fn hear_the_time(&self) -> Result<UnixTime, ServiceError> {
        if !self.transport.time.is_heard() {
            // The call that takes no key and changes nothing.
            let asked = self.send(&Envelope::of(&EnrolChallengeRequest {})?).await;
            // Whatever the service said, it said it with its time.
            if !self.transport.time.is_heard() {
                asked?;
            }
        }
        Ok(self.now())
    }

    /// Makes a call, now. A nonce, a clock or a token that the service does not take is put right once, by itself; a connection that
    /// broke is tried once more, with the same idempotency key, so that an answer that was lost on its way is heard after all.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn call<C: Call>(&self, call: &C) -> Result<C::Answer, ServiceError> {
        decode(&self.ask(&Envelope::now(call)?).await?)
    }

    /// The same of a call that is written already, with the answer as it came. Boxed: what makes calls of thirty types would otherwise
    /// contain thirty times what is the same for all.
    pub fn ask<'a>(&'a self, envelope: &'a Envelope) -> Asked<'a> {
        Box::pin(async move {
            match self.send(envelope).await {
                Err(error) if error.is_of_network() => {
                    tokio::time::sleep(self.config.backoff.wait(1, None)).await;
                    self.send(envelope).await
                }
                answer => answer,
            }
        })
    }

    /// Sends a request with what its credential asks for; a token that has ended is renewed once.
    pub(crate) async fn send(&self, envelope: &Envelope) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        if envelope.credential != Credential::Session {
            return self.send_with(envelope, None).await;
        }
        let token = self.token().await?;
        match self.send_with(envelope, Some(&token)).await {
            Err(ServiceError::Server(problem)) if problem.code.next() == Next::RenewToken => {
                self.sessions.forget();
                let token = self.token().await?;
                self.send_with(envelope, Some(&token)).await
            }
            answer => answer,
        }
    }

    /// Sends a request with a token or none; what a second signature puts right, with the nonce and the time of the first answer, is.
    pub(crate) async fn send_with(
        &self,
        envelope: &Envelope,
        token: Option<&Secret>,
    ) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        let answer = match self.send_once(envelope, token).await {
            // A time that was heard from a service whose clock was wrong would keep the phone out for good: its own gets a chance.
            Err(ServiceError::CertTime(_) | ServiceError::PinMismatch) if self.transport.time.is_heard() => {
                self.transport.time.forget();
                self.send_once(envelope, token).await
            }
            Err(ServiceError::Server(problem)) if matches!(problem.code.next(), Next::SignAgain | Next::SetClock) => {
                self.send_once(envelope, token).await
            }
            answer => answer,
        };
        if let Err(error) = &answer
            && error.is_unknown_key()
        {
            self.refused.store(true, Ordering::Relaxed);
        }
        answer.map_err(|error| match error {
            ServiceError::Server(problem) if matches!(problem.code, Code::UseNonce | Code::NonceUsed) => {
                ServiceError::NonceRequired
            }
            other => other,
        })
    }

    /// One try: a nonce of its own, a signature of its own.
    async fn send_once(&self, envelope: &Envelope, token: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        let digest = digest::content_digest(&envelope.body);
        let idempotency_key = envelope.key.map(IdempotencyKey::header);
        let authorization = token.map(|token| Zeroizing::new(format!("Bearer {}", token.reveal())));
        let covered = Covered {
            method: envelope.method.as_str(),
            target_uri: &signature::target_uri(&self.transport.host, &envelope.path),
            content_digest: &digest,
            idempotency_key: idempotency_key.as_deref(),
            authorization: authorization.as_ref().map(|text| text.as_str()),
        };
        let headers = match envelope.credential {
            Credential::Nobody => None,
            Credential::Device | Credential::Session => Some(self.sign(&covered).await?),
        };
        let outgoing = Outgoing {
            method: envelope.method,
            path: &envelope.path,
            media: envelope.media(),
            body: envelope.body.to_vec(),
            digest: &digest,
            idempotency_key: idempotency_key.as_deref(),
            authorization: authorization.as_ref().map(|text| text.as_str()),
            signature: headers.as_ref(),
        };
        self.storage.life.reach(Moment::BeforeSend).await;
        let answer = self.transport.exchange(outgoing).await.map(Zeroizing::new);
        self.storage.life.reach(Moment::AfterAnswer).await;
        answer
    }

    async fn sign(&self, covered: &Covered<'_>) -> Result<signature::Headers, ServiceError> {
        let signer = self.signer().ok_or(ServiceError::NotBound)?;
        let parameters = Parameters {
            created: self.now(),
            nonce: Nonce::new(&self.transport.nonce(), random()?).ok_or(ServiceError::NonceRequired)?,
            keyid: signer.keyid.clone(),
        };
        let to_sign = ToSign::new(covered, &parameters).ok_or(ServiceError::Unsendable)?;
        let signature = signer.sign(to_sign.base().as_bytes().to_vec()).await?;
        Ok(to_sign.signed(&signature))
    }

    pub(crate) fn signer(&self) -> Option<Signer> {
        self.signer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the service did not know the key when it was last used.
    pub(crate) fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    pub(crate) fn sign_with(&self, signer: Option<Signer>) {
        self.refused.store(false, Ordering::Relaxed);
        *self.signer.write().unwrap_or_else(PoisonError::into_inner) = signer;
    }
}

/// A call, written: as it is kept and sent, any number of times.
pub struct Envelope {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Zeroizing<Vec<u8>>,
    pub(crate) raw: bool,
    pub(crate) credential: Credential,
    /// On everything but GET.
    pub(crate) key: Option<IdempotencyKey>,
}

impl Envelope {
    /// Of a call that is made now.
    ///
    /// # Errors
    /// `Unsendable`.
    pub fn now<C: Call>(call: &C) -> Result<Self, ServiceError> {
        const { assert!(matches!(C::DELIVERY, Delivery::Now), "goes through the outbox") };
        Self::of(call)
    }

    /// Of a call that goes through the outbox.
    ///
    /// # Errors
    /// `Unsendable`.
    pub fn lasting<C: Call>(call: &C) -> Result<Self, ServiceError> {
        const { assert!(matches!(C::DELIVERY, Delivery::Outbox), "is never queued") };
        const { assert!(matches!(C::METHOD, Method::Post), "the outbox keeps POST") };
        Self::of(call)
    }

    /// With an idempotency key of its own.
    pub(crate) fn of<C: Call>(call: &C) -> Result<Self, ServiceError> {
        let raw = call.raw();
        let body = match (&raw, C::METHOD) {
            (Some(bytes), _) => bytes.clone(),
            (None, Method::Get | Method::Delete) => Vec::new(),
            (None, Method::Post | Method::Put) => encode(call)?,
        };
        let key = match C::METHOD {
            Method::Get => None,
            Method::Post | Method::Put | Method::Delete => Some(IdempotencyKey(Id(random()?))),
        };
        let raw = raw.is_some();
        Ok(Self {
            method: C::METHOD,
            path: call.path(),
            body: Zeroizing::new(body),
            raw,
            credential: C::CREDENTIAL,
            key,
        })
    }

    fn media(&self) -> Option<&'static str> {
        match (self.method, self.raw) {
            (Method::Get | Method::Delete, _) => None,
            (_, true) => Some("application/octet-stream"),
            (_, false) => Some("application/json"),
        }
    }
}

/// Through any writer, as the vault writes its rows: what writes a type is in the library once.
fn encode(call: &impl Serialize) -> Result<Vec<u8>, ServiceError> {
    let mut body = Vec::new();
    let to: &mut dyn Write = &mut body;
    serde_json::to_writer(to, call).map_err(|_| ServiceError::Unsendable)?;
    Ok(body)
}

/// Reads an answer.
///
/// # Errors
/// `BadBody` if it is not what the contract says.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, ServiceError> {
    json::read(body).map_err(|_| ServiceError::BadBody(BodyFault::Content))
}

/// 16 random bytes.
pub(crate) fn random() -> Result<[u8; 16], ServiceError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| ServiceError::Unsendable)?;
    Ok(bytes)
}
