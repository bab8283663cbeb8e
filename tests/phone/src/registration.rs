//! A registration for level 1, as a citizen does it: keys, a one-time code, a portrait, a password, the application.

use std::time::{SystemTime, UNIX_EPOCH};

use citizen_protocol::otp::{self, Digits};
use citizen_protocol::wire::{
    Application, ApplicationRequest, Call, CardSource, Consent, Id, MessagePlatform, Next, OtpChallenge,
    OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpSubject, OtpVerifyRequest, PasswordRequest,
    PolicyRequest, Secret, UnixTime,
};
use citizen_sandbox::{Citizen, Sandbox};
use citizen_service::{Outbox, ServiceError};
use citizen_vault::Changes;
use rand::Rng;
use rand_pcg::Pcg32;

use crate::Phone;

/// The outbox's name of the application.
const APPLICATION: &str = "application";
/// Tries of a step before the citizen gives up for today.
const TAPS: u32 = 4;
/// Bytes of an invented portrait: two parts. A real one has about 100 KiB.
const PORTRAIT: usize = 40 << 10;

/// What a registration was at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Keys and their registration.
    Phone,
    /// Asking for a code, and giving it.
    Code,
    /// The portrait.
    Portrait,
    /// The password.
    Password,
    /// The application itself.
    Application,
}

/// Where a registration ended before its time, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{step:?}: {error}")]
pub struct Failed {
    /// At what.
    pub step: Step,
    /// Why.
    pub error: ServiceError,
}

fn at(step: Step) -> impl Fn(ServiceError) -> Failed {
    move |error| Failed { step, error }
}

impl Phone {
    /// Registers a citizen, whose letters and messages are read from the sandbox's outbox.
    ///
    /// # Errors
    /// Where it stopped, after some tries; calling it again goes on.
    pub async fn register(&self, sandbox: &Sandbox, citizen: &Citizen) -> Result<Application, Failed> {
        self.register_with(sandbox, citizen, &invented_portrait(citizen.index), |_| ()).await
    }

    /// The same with a portrait of one's own; `begins` hears of each step.
    ///
    /// # Errors
    /// As [`register`](Self::register).
    pub async fn register_with(
        &self,
        sandbox: &Sandbox,
        citizen: &Citizen,
        portrait: &[u8],
        begins: impl Fn(Step),
    ) -> Result<Application, Failed> {
        begins(Step::Phone);
        let info = Self::info();
        tapping(|| self.binding.enrol(&info)).await.map_err(at(Step::Phone))?;
        begins(Step::Code);
        let code = self.prove_address(sandbox, &citizen.phone, OtpPurpose::Register).await.map_err(at(Step::Code))?;
        begins(Step::Portrait);
        let sent = tapping(|| self.portraits.send(portrait, |_| ())).await;
        let portrait = sent.map_err(at(Step::Portrait))?;
        begins(Step::Password);
        let password = self.give_new_password(citizen).await.map_err(at(Step::Password))?;
        begins(Step::Application);
        let card = citizen.details(CardSource::Scanned);
        let consents = self.agree().await.map_err(at(Step::Application))?;
        let request = ApplicationRequest { card, otp_challenges: vec![code], password, portrait, consents };
        self.deliver(APPLICATION, &request).await.map_err(at(Step::Application))
    }

    /// Asks for a code to a phone number, reads the message as the phone would, and gives the code.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn prove_address(
        &self,
        sandbox: &Sandbox,
        address: &str,
        purpose: OtpPurpose,
    ) -> Result<Id, ServiceError> {
        self.prove(sandbox, OtpSubject::Address { address: address.to_owned() }, address, purpose).await
    }

    /// The same for whatever subject; `address` is where the message arrives.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn prove(
        &self,
        sandbox: &Sandbox,
        subject: OtpSubject,
        address: &str,
        purpose: OtpPurpose,
    ) -> Result<Id, ServiceError> {
        let context = OtpContext { device: Self::info().model, place: None };
        let (channel, platform) = (OtpChannel::Sms, MessagePlatform::Ios);
        let request = OtpChallengeRequest { purpose, channel, subject, platform, context };
        let challenge = tapping(|| self.link.call(&request)).await?;
        let code = read_code(sandbox, address, &challenge);
        let request = OtpVerifyRequest { challenge: challenge.id, code };
        tapping(|| self.link.call(&request)).await.map(|verified| verified.challenge)
    }

    /// Agrees to whatever the service's policy requires, as it stands now.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn agree(&self) -> Result<Vec<Consent>, ServiceError> {
        let policy = tapping(|| self.link.call(&PolicyRequest {})).await?;
        let given_at = now();
        let required = policy.purposes.iter().filter(|it| it.is_required);
        Ok(required.map(|it| Consent { purpose: it.purpose, terms: policy.terms, given_at }).collect())
    }

    /// Gives the password that [`password`] invents for a citizen.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn give_new_password(&self, citizen: &Citizen) -> Result<Id, ServiceError> {
        let personal = [&citizen.name, &citizen.number, &citizen.phone].map(|word| Secret::new(word.clone()));
        let request = PasswordRequest { password: password(citizen.index), personal: personal.to_vec(), is_new: true };
        tapping(|| self.link.call(&request)).await.map(|reference| reference.id)
    }

    /// Queues a call and sees it through; one that is queued already goes on.
    ///
    /// # Errors
    /// See [`ServiceError`].
    pub async fn deliver<C: Call>(&self, name: &str, call: &C) -> Result<C::Answer, ServiceError> {
        match self.outbox.put(name, call, Changes::new()).await {
            Ok(()) | Err(ServiceError::AlreadyQueued) => {}
            Err(error) => return Err(error),
        }
        let answer = tapping(|| self.outbox.deliver::<C>(name)).await?;
        let changes = Outbox::forget(name, Changes::new());
        citizen_vault::Store::commit(&*self.vault, changes)?;
        Ok(answer)
    }
}

/// By the phone's clock.
fn now() -> UnixTime {
    UnixTime(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// The password of a citizen who chose a good one.
#[must_use]
pub fn password(index: u32) -> Secret {
    Secret::new(format!("hoa sen no tren ho {index}"))
}

/// Bytes that no two citizens share.
#[must_use]
pub fn invented_portrait(index: u32) -> Vec<u8> {
    let mut bytes = vec![0; PORTRAIT];
    Pcg32::new(index.into(), 7).fill_bytes(&mut bytes);
    bytes
}

/// What a citizen does when a page says *Try again*.
async fn tapping<T, F>(call: impl Fn() -> F) -> Result<T, ServiceError>
where
    F: Future<Output = Result<T, ServiceError>>,
{
    let mut taps = 1;
    loop {
        match call().await {
            Err(error) if taps < TAPS && error.next() == Next::TryLater => taps += 1,
            done => return done,
        }
    }
}

/// The code of the newest message to an address, as the phone's own auto-fill finds it.
fn read_code(sandbox: &Sandbox, address: &str, challenge: &OtpChallenge) -> Secret {
    let body = sandbox.messages(address).into_iter().next_back().map(|message| message.body).unwrap_or_default();
    let code = Digits::new(challenge.digits)
        .and_then(|digits| otp::read::message(&body, &sandbox.identity().host, digits).ok());
    // Without a message there is no code to give: the service says that the empty one is wrong.
    code.map(|code| Secret::new(code.reveal().to_owned())).unwrap_or_default()
}
