//! From an effect to a call, and from its answer to an outcome.

use citizen_journeys::{Do, Failure, Outcome};
use citizen_protocol::otp::challenge::checked;
use citizen_protocol::wire::{
    AccountRequest, ActivationStatusRequest, ApplicationStatusRequest, CurrentActivationRequest,
    CurrentApplicationRequest, CurrentRecoveryRequest, DeletionRequest, ExportRequest, Id, LockRequest, OtpChallenge,
    OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpResendRequest, OtpSubject, OtpVerifyRequest,
    PasswordRequest, PolicyRequest, PrivacyStatusRequest, RecoveryStatusRequest, Secret, SignIn, SignInRequest,
    WithdrawConsentRequest,
};
use citizen_service::{Progress, ServiceError};

use super::failure::of;
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
        match what {
            Do::Apply(request) => self.see_through(&*request).await,
            Do::Amend(request) => self.see_through(&*request).await,
            Do::Activate(request) => self.see_through(&*request).await,
            Do::Recover(request) => self.see_through(&*request).await,
            Do::LockAccount => self.see_through(&LockRequest {}).await,
            Do::Withdraw { purpose } => self.see_through(&WithdrawConsentRequest { purpose }).await,
            Do::Export => self.see_through(&ExportRequest {}).await,
            Do::Delete => self.see_through(&DeletionRequest {}).await,
            Do::SetPin => came(self.pin(given).await),
            Do::RemovePin => (Outcome::Done, Then::NoPin),
            Do::Authenticate { title } => came(self.authenticate(title, given.language).await),
            other => came(self.now(other, given, progress).await.map(|outcome| (outcome, Then::Nothing))),
        }
    }

    async fn pin(&self, given: &Given) -> Result<Came, Failure> {
        self.set_pin(given.secret()?).await
    }

    /// What only makes sense while the holder looks.
    async fn now(&self, what: Do, given: &Given, progress: &mut (impl FnMut(u8) + Send)) -> Result<Outcome, Failure> {
        let link = &self.link;
        let outcome = match what {
            Do::FetchPolicy => link.call(&PolicyRequest {}).await.map(Outcome::Policy),
            Do::AskCode { purpose, channel, subject } => return self.ask_code(purpose, channel, subject).await,
            Do::ResendCode { challenge } => {
                return self.shown(link.call(&OtpResendRequest { challenge }).await.map_err(of)?);
            }
            Do::VerifyCode { challenge } => {
                let code = given.secret()?;
                link.call(&OtpVerifyRequest { challenge, code }).await.map(Outcome::CodeRight)
            }
            Do::SendPortrait => return self.send_portrait(given, progress).await,
            Do::GivePassword { personal } => {
                let request = PasswordRequest { password: given.secret()?, personal, is_new: true };
                link.call(&request).await.map(Outcome::PasswordGiven)
            }
            Do::AskApplication { application } => match application {
                Some(application) => link.call(&ApplicationStatusRequest { application }).await,
                None => link.call(&CurrentApplicationRequest {}).await,
            }
            .map(Outcome::Application),
            Do::AskActivation { activation } => match activation {
                Some(activation) => link.call(&ActivationStatusRequest { activation }).await,
                None => link.call(&CurrentActivationRequest {}).await,
            }
            .map(Outcome::Activation),
            Do::AskRecovery { recovery } => match recovery {
                Some(recovery) => link.call(&RecoveryStatusRequest { recovery }).await,
                None => link.call(&CurrentRecoveryRequest {}).await,
            }
            .map(Outcome::Recovery),
            Do::SignIn { id_number, otp_challenge } => self.sign_in(id_number, given.secret()?, otp_challenge).await,
            Do::SignOut => return self.sign_out().await,
            Do::FetchAccount => link.call(&AccountRequest {}).await.map(Outcome::Account),
            Do::FetchPrivacy => link.call(&PrivacyStatusRequest {}).await.map(Outcome::Privacy),
            Do::CheckPin => return self.check_pin(given.secret()?).await,
            // The others are done elsewhere; the shell's, by the worker.
            _ => return Ok(Outcome::Done),
        };
        outcome.map_err(of)
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

fn came(came: Result<Came, Failure>) -> Came {
    came.unwrap_or_else(|failure| (Outcome::Failed(failure), Then::Nothing))
}

/// Parts in a hundred; an empty picture is there at once.
fn percent(Progress { received, size }: Progress) -> u8 {
    let percent = u64::from(received) * 100 / u64::from(size.max(1));
    u8::try_from(percent.min(100)).unwrap_or(100)
}
