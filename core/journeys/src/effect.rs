//! What goes out, and what comes back.

use std::fmt;

use citizen_protocol::wire::{
    AccountSummary, Activation, ActivationRequest, AmendRequest, Application, ApplicationRequest, Deletion, Export, Id,
    OtpChallenge, OtpChannel, OtpPurpose, OtpSubject, OtpVerified, PasswordReference, Policy, PrivacyStatus, Purpose,
    Recovery, RecoveryRequest, Secret, Withdrawal,
};

use crate::failure::Failure;

/// Names an effect. Never used again within a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct EffectId(pub u64);

/// Something to be done. Its reply names it; a reply to one that nobody waits for any more is ignored.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Names it.
    pub id: EffectId,
    /// What.
    pub what: Do,
}

/// What is to be done. Secrets are not in it: the runtime takes them from [`Held`](crate::Held).
#[derive(Clone, PartialEq)]
pub enum Do {
    /// The service's ages, periods and purposes.
    FetchPolicy,
    /// Sends a one-time code; before the first one the phone is registered.
    AskCode {
        /// What for.
        purpose: OtpPurpose,
        /// How.
        channel: OtpChannel,
        /// To whom.
        subject: OtpSubject,
    },
    /// Sends another in its place.
    ResendCode {
        /// Which.
        challenge: Id,
    },
    /// Gives the code in [`Slot::Code`](crate::Slot).
    VerifyCode {
        /// Which.
        challenge: Id,
    },
    /// Sends the portrait that is held, or the rest of it.
    SendPortrait,
    /// Gives the password in [`Slot::Password`](crate::Slot) as a new one.
    GivePassword {
        /// Words that it must not be made of.
        personal: Vec<Secret>,
    },
    /// Applies for an account.
    Apply(Box<ApplicationRequest>),
    /// Sends again what was wrong.
    Amend(Box<AmendRequest>),
    /// Asks how far the application is; without an id for this phone's own.
    AskApplication {
        /// Which.
        application: Option<Id>,
    },
    /// Activates level 2.
    Activate(Box<ActivationRequest>),
    /// Asks how far the activation is; without an id for this phone's own.
    AskActivation {
        /// Which.
        activation: Option<Id>,
    },
    /// Asks for another password.
    Recover(Box<RecoveryRequest>),
    /// Asks how far the recovery is; without an id for this phone's own.
    AskRecovery {
        /// Which.
        recovery: Option<Id>,
    },
    /// Signs in with the password in [`Slot::Password`](crate::Slot).
    SignIn {
        /// Whose account.
        id_number: String,
        /// The code that was right, on a phone that the account does not know.
        otp_challenge: Option<Id>,
    },
    /// Ends the session.
    SignOut,
    /// The account as it is now.
    FetchAccount,
    /// Locks the account.
    LockAccount,
    /// Consents, exports, deletion as they are now.
    FetchPrivacy,
    /// Withdraws a consent.
    Withdraw {
        /// To what.
        purpose: Purpose,
    },
    /// Asks for a copy of everything.
    Export,
    /// Asks for deletion.
    Delete,
    /// Makes the PIN in [`Slot::Pin`](crate::Slot) the app's.
    SetPin,
    /// Compares the PIN in [`Slot::Pin`](crate::Slot) with the app's.
    CheckPin,
    /// Forgets the app's PIN.
    RemovePin,
    /// Whether it is the phone's owner, by its own lock: face, finger, or its PIN.
    Authenticate {
        /// What the prompt says.
        title: String,
    },
    /// Something for the shell; nothing comes back.
    Ask(Request),
}

/// What the shell does beside drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Request {
    /// A short vibration: it went well.
    Success,
    /// A longer one: something is wrong.
    Warning,
    /// The app's page in the phone's settings.
    OpenSettings,
    /// The dialler, with a number; the holder calls.
    Dial {
        /// Digits.
        number: String,
    },
    /// `SelfieGuide::take_now`.
    TakeNow,
    /// `SelfieGuide::relax`.
    Relax,
    /// Drop whatever was typed, from views and clipboard suggestions.
    Forget,
}

impl Do {
    /// Its name: all that logs and scenarios see.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FetchPolicy => "fetch_policy",
            Self::AskCode { .. } => "ask_code",
            Self::ResendCode { .. } => "resend_code",
            Self::VerifyCode { .. } => "verify_code",
            Self::SendPortrait => "send_portrait",
            Self::GivePassword { .. } => "give_password",
            Self::Apply(_) => "apply",
            Self::Amend(_) => "amend",
            Self::AskApplication { .. } => "ask_application",
            Self::Activate(_) => "activate",
            Self::AskActivation { .. } => "ask_activation",
            Self::Recover(_) => "recover",
            Self::AskRecovery { .. } => "ask_recovery",
            Self::SignIn { .. } => "sign_in",
            Self::SignOut => "sign_out",
            Self::FetchAccount => "fetch_account",
            Self::LockAccount => "lock_account",
            Self::FetchPrivacy => "fetch_privacy",
            Self::Withdraw { .. } => "withdraw",
            Self::Export => "export",
            Self::Delete => "delete",
            Self::SetPin => "set_pin",
            Self::CheckPin => "check_pin",
            Self::RemovePin => "remove_pin",
            Self::Authenticate { .. } => "authenticate",
            Self::Ask(request) => match request {
                Request::Success => "success",
                Request::Warning => "warning",
                Request::OpenSettings => "open_settings",
                Request::Dial { .. } => "dial",
                Request::TakeNow => "take_now",
                Request::Relax => "relax",
                Request::Forget => "forget",
            },
        }
    }
}

impl fmt::Debug for Do {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// What came of an effect.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    /// It did not work.
    Failed(Failure),
    /// Not done yet: so many parts in a hundred are.
    Progress(u8),
    /// Done; there is nothing to say.
    Done,
    /// See [`Do::FetchPolicy`].
    Policy(Policy),
    /// A code went out.
    CodeSent(OtpChallenge),
    /// The code was right.
    CodeRight(OtpVerified),
    /// The portrait is there.
    PortraitSent(Id),
    /// The password is there.
    PasswordGiven(PasswordReference),
    /// How far an application is.
    Application(Application),
    /// How far an activation is.
    Activation(Activation),
    /// How far a recovery is.
    Recovery(Recovery),
    /// Signed in, and bound.
    SignedIn(AccountSummary),
    /// The password is right; a code makes this phone the account's.
    CodeNeeded(Vec<OtpChannel>),
    /// The account.
    Account(AccountSummary),
    /// Consents, export, deletion.
    Privacy(PrivacyStatus),
    /// A consent ended.
    Withdrawn(Withdrawal),
    /// A copy is being made.
    Export(Export),
    /// The account will be deleted.
    Deletion(Deletion),
    /// Whether the PIN is the app's.
    Pin {
        /// It is.
        right: bool,
    },
}

impl Outcome {
    /// Its name, for logs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::Progress(_) => "progress",
            Self::Done => "done",
            Self::Policy(_) => "policy",
            Self::CodeSent(_) => "code_sent",
            Self::CodeRight(_) => "code_right",
            Self::PortraitSent(_) => "portrait_sent",
            Self::PasswordGiven(_) => "password_given",
            Self::Application(_) => "application",
            Self::Activation(_) => "activation",
            Self::Recovery(_) => "recovery",
            Self::SignedIn(_) => "signed_in",
            Self::CodeNeeded(_) => "code_needed",
            Self::Account(_) => "account",
            Self::Privacy(_) => "privacy",
            Self::Withdrawn(_) => "withdrawn",
            Self::Export(_) => "export",
            Self::Deletion(_) => "deletion",
            Self::Pin { .. } => "pin",
        }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => write!(out, "failed({failure:?})"),
            other => out.write_str(other.name()),
        }
    }
}
