//! From an effect to a call, and from its answer to an outcome.

use citizen_journeys::{Do, Failure, Outcome};
use citizen_protocol::otp::challenge::checked;
use citizen_protocol::wire::{
    AccountRequest, ActivationStatusRequest, ApplicationStatusRequest, Call, CurrentActivationRequest,
    CurrentApplicationRequest, CurrentRecoveryRequest, DeletionRequest, ExportRequest, Id, LockRequest, OtpChallenge,
    OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpResendRequest, OtpSubject, OtpVerifyRequest,
    PasswordRequest, PolicyRequest, PrivacyStatusRequest, RecoveryStatusRequest, Secret, SignIn, SignInRequest,
    WithdrawConsentRequest,
};
use citizen_service::{Envelope, Progress, ServiceError, decode};

use super::failure::of;
use super::queued::Wish;
use super::{Came, Given, Service, Then};

/// One portrait at a time.
const PORTRAIT: &str = "portrait";

impl Service {
    /// Does it; where the service does not know the phone any more, once more after registering it. `progress` hears of parts in a hundred.
    pub(super) async fn run(&self, what: Do, given: Given, mut progress: impl FnMut(u8) + Send) -> Came {
        let came = self.once(what.clone(), &given, &mut progress).await;
        if !matches!(came, (Outcome::Failed(Failure::UnknownPhone), _)) {
            return came;
        }
        match self.binding.enrol(&self.phone).await {
            Ok(_) => self.once(what, &given, &mut progress).await,
            Err(error) => (Outcome::Failed(of(error)), Then::Nothing),
        }
    }

    async fn once(&self, what: Do, given: &Given, progress: &mut (impl FnMut(u8) + Send)) -> Came {
        let wish = match what {
            Do::Apply(request) => Wish::of(&*request),
            Do::Amend(request) => Wish::of(&*request),
            Do::Activate(request) => Wish::of(&*request),
            Do::Recover(request) => Wish::of(&*request),
            Do::LockAccount => Wish::of(&LockRequest {}),
            Do::Withdraw { purpose } => Wish::of(&WithdrawConsentRequest { purpose }),
            Do::Export => Wish::of(&ExportRequest {}),
            Do::Delete => Wish::of(&DeletionRequest {}),
            Do::SetPin => return came(self.pin(given).await),
            Do::RemovePin => return (Outcome::Done, Then::NoPin),
            Do::Authenticate { title } => return came(self.authenticate(title, given.language).await),
            other => return came(self.now(other, given, progress).await.map(|outcome| (outcome, Then::Nothing))),
        };
        match wish {
            Ok(wish) => self.see_through(&wish).await,
            Err(error) => (Outcome::Failed(of(error)), Then::Nothing),
        }
    }

    async fn pin(&self, given: &Given) -> Result<Came, Failure> {
        self.set_pin(given.secret()?).await
    }

    /// What only makes sense while the holder looks.
    async fn now(&self, what: Do, given: &Given, progress: &mut (impl FnMut(u8) + Send)) -> Result<Outcome, Failure> {
        let question = match what {
            Do::FetchPolicy => Ask::of(&PolicyRequest {}, Outcome::Policy),
            Do::AskCode { purpose, channel, subject } => return self.ask_code(purpose, channel, subject).await,
            Do::ResendCode { challenge } => {
                return self.shown(self.link.call(&OtpResendRequest { challenge }).await.map_err(of)?);
            }
            Do::VerifyCode { challenge } => {
                let code = given.secret()?;
                Ask::of(&OtpVerifyRequest { challenge, code }, Outcome::CodeRight)
            }
            Do::SendPortrait => return self.send_portrait(given, progress).await,
            Do::GivePassword { personal } => {
                let request = PasswordRequest { password: given.secret()?, personal, is_new: true };
                Ask::of(&request, Outcome::PasswordGiven)
            }
            Do::AskApplication { application: Some(application) } => {
                Ask::of(&ApplicationStatusRequest { application }, Outcome::Application)
            }
            Do::AskApplication { application: None } => Ask::of(&CurrentApplicationRequest {}, Outcome::Application),
            Do::AskActivation { activation: Some(activation) } => {
                Ask::of(&ActivationStatusRequest { activation }, Outcome::Activation)
            }
            Do::AskActivation { activation: None } => Ask::of(&CurrentActivationRequest {}, Outcome::Activation),
            Do::AskRecovery { recovery: Some(recovery) } => {
                Ask::of(&RecoveryStatusRequest { recovery }, Outcome::Recovery)
            }
            Do::AskRecovery { recovery: None } => Ask::of(&CurrentRecoveryRequest {}, Outcome::Recovery),
            Do::SignIn { id_number, otp_challenge } => {
                return self.sign_in(id_number, given.secret()?, otp_challenge).await.map_err(of);
            }
            Do::SignOut => return self.sign_out().await,
            Do::FetchAccount => Ask::of(&AccountRequest {}, Outcome::Account),
            Do::FetchPrivacy => Ask::of(&PrivacyStatusRequest {}, Outcome::Privacy),
            Do::CheckPin => return self.check_pin(given.secret()?).await,
            // The others are done elsewhere; the shell's, by the worker.
            _ => return Ok(Outcome::Done),
        };
        let Ask { call, read } = question.map_err(of)?;
        let answer = self.link.ask(&call).await.map_err(of)?;
        read(&answer).map_err(of)
    }

    /// A code is bound to the phone's key: before the first one the phone is registered.
    async fn ask_code(
        &self,
        purpose: OtpPurpose,
        channel: OtpChannel,
        subject: OtpSubject,
    ) -> Result<Outcome, Failure> {
        self.binding.enrol(&self.phone).await.map_err(of)?;
        let context = OtpContext { device: self.phone.model.clone(), place: None };
        let request = OtpChallengeRequest { purpose, channel, subject, platform: self.messages.clone(), context };
        let challenge = self.link.call(&request).await.map_err(of)?;
        if (challenge.purpose, challenge.channel) != (purpose, channel) {
            return Err(Failure::Outdated);
        }
        self.shown(challenge)
    }

    /// A challenge that can be shown.
    fn shown(&self, challenge: OtpChallenge) -> Result<Outcome, Failure> {
        let checked = checked(challenge, self.link.now()).map_err(|_| Failure::Outdated)?;
        Ok(Outcome::CodeSent(checked.said().clone()))
    }

    async fn send_portrait(&self, given: &Given, progress: &mut (impl FnMut(u8) + Send)) -> Result<Outcome, Failure> {
        let _turn = self.turns.take(PORTRAIT).await;
        let jpeg = given.portrait.as_ref().ok_or(Failure::Gone)?;
        let mut last = None;
        let heard = |part: Progress| {
            let percent = percent(part);
            if last.replace(percent) != Some(percent) {
                progress(percent);
            }
        };
        self.portraits.send(jpeg, heard).await.map(Outcome::PortraitSent).map_err(of)
    }

    async fn sign_in(
        &self,
        id_number: String,
        password: Secret,
        otp_challenge: Option<Id>,
    ) -> Result<Outcome, ServiceError> {
        self.binding.enrol(&self.phone).await?;
        Ok(match self.account.sign_in(&SignInRequest { id_number, password, otp_challenge }).await? {
            SignIn::SignedIn { account, .. } => Outcome::SignedIn(account),
            SignIn::OtpNeeded { channels } => Outcome::CodeNeeded(channels),
        })
    }

    /// Here the session ends in any case; a service that did not hear of it ends it by itself.
    async fn sign_out(&self) -> Result<Outcome, Failure> {
        match self.account.sign_out().await {
            Err(ServiceError::Store(error)) => Err(super::failure::of_storage(error)),
            Ok(()) | Err(_) => Ok(Outcome::Done),
        }
    }
}

/// What an answer means.
type Read = Box<dyn FnOnce(&[u8]) -> Result<Outcome, ServiceError> + Send>;

/// A call that is made now, written: making it is the same for all.
struct Ask {
    call: Envelope,
    read: Read,
}

impl Ask {
    fn of<C: Call>(call: &C, outcome: fn(C::Answer) -> Outcome) -> Result<Self, ServiceError>
    where
        C::Answer: 'static,
    {
        let read = Box::new(move |body: &[u8]| decode(body).map(outcome));
        Ok(Self { call: Envelope::now(call)?, read })
    }
}

fn came(came: Result<Came, Failure>) -> Came {
    came.unwrap_or_else(|failure| (Outcome::Failed(failure), Then::Nothing))
}

/// Parts in a hundred; an empty picture is there at once.
fn percent(Progress { received, size }: Progress) -> u8 {
    let percent = u64::from(received) * 100 / u64::from(size.max(1));
    u8::try_from(percent.min(100)).unwrap_or(100)
}
