//! What the service says when it does not do it (RFC 9457), with the one list of codes.

use serde::{Deserialize, Serialize};

use super::{AccountLock, UnixTime, WireField};

/// A problem, as `application/problem+json`. It carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What it is, in English, for people who read logs.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Which.
    pub code: Code,
    /// Seconds after which a try makes sense; as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// Tries left before a lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u8>,
    /// Nothing of this counts before then: a lock's, a hold's or a cool-down's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<UnixTime>,
    /// The account's lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<AccountLock>,
    /// Fields that are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// A field that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Which.
    pub field: WireField,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        let (status, _, title) = code.facts();
        Self {
            title: title.to_owned(),
            status,
            code,
            retry_after_s: None,
            attempts_left: None,
            locked_until: None,
            lock: None,
            fields: Vec::new(),
        }
    }
}

/// What to do next: every code has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Send the same again, a little later; nothing was lost.
    TryLater,
    /// Wait until the time named, then try again.
    Wait,
    /// Correct what the holder entered.
    Correct,
    /// Ask for a new one-time code.
    NewCode,
    /// Give again what is cited: it expired or was used.
    GiveAgain,
    /// Renew the token, and send again.
    RenewToken,
    /// Sign again with the nonce of the answer.
    SignAgain,
    /// The phone's clock is off: take the service's time.
    SetClock,
    /// Register this phone anew.
    Enrol,
    /// Replace the phone's key for approvals: it takes the password and a code.
    Rekey,
    /// Sign in, or recover the password.
    SignIn,
    /// Move the account from its other phone, or say that it is lost.
    OtherPhone,
    /// Ask for the state: it may be done already.
    AskStatus,
    /// Put the phone's storage aside, and fetch everything again.
    Refetch,
    /// Go on in person, or call.
    Office,
    /// Update the app.
    Update,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $status:literal $next:ident $title:literal,)*) => {
        /// Everything that the service can answer instead of doing it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $code,)*
            /// One that this version does not know: the status says the most.
            #[serde(other)]
            Unknown,
        }

        impl Code {
            /// Every code of the contract.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            const fn facts(self) -> (u16, Next, &'static str) {
                match self {
                    $(Self::$code => ($status, Next::$next, $title),)*
                    Self::Unknown => (500, Next::Update, "unknown code"),
                }
            }
        }
    };
}

impl Code {
    /// The HTTP status that it comes with.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.facts().0
    }

    /// What to do next.
    #[must_use]
    pub const fn next(self) -> Next {
        self.facts().1
    }
}

codes! {
    /// The request is not of this contract.
    BadRequest 400 Update "the request is malformed",
    /// The body is not what the call carries.
    BadBody 400 Update "the body is malformed",
    /// No `Idempotency-Key` where one must be.
    IdempotencyKeyNeeded 400 Update "Idempotency-Key is missing or malformed",
    /// Not signed, or not in the profile.
    Unsigned 401 Update "the request must be signed in the profile eid-req/1",
    /// The signature, or the body's digest, does not hold.
    BadSignature 401 SignAgain "the signature does not hold",
    /// No phone of that key.
    UnknownKey 401 Enrol "no device has this key",
    /// `created` is over 300 s from the service's time.
    ClockSkew 401 SetClock "created is too far from the service's time",
    /// The nonce is missing, malformed, old, or of another service.
    UseNonce 401 SignAgain "use the nonce of EID-Nonce",
    /// The nonce was used.
    NonceUsed 401 SignAgain "the nonce was used before",
    /// The call needs an access token.
    TokenNeeded 401 RenewToken "an access token is needed",
    /// The token ended, or is another phone's.
    TokenExpired 401 RenewToken "the access token has ended",
    /// Desk only: no officer's token.
    DeskOnly 401 Office "a desk token is needed",
    /// The phone is not the account's, or no longer.
    NotTheDevice 403 OtherPhone "this phone is not the account's",
    /// Number and password do not go together, or there is no such account.
    WrongCredentials 403 SignIn "number or password is wrong",
    /// There is nothing of that name, for this phone.
    NotFound 404 AskStatus "nothing of that name",
    /// Another method.
    MethodNotAllowed 405 Update "method not allowed",
    /// The account is on another phone.
    OnAnotherPhone 409 OtherPhone "the account is bound to another phone",
    /// The key is registered already.
    KeyInUse 409 Enrol "this key is registered already",
    /// An application for this number is under way, from another phone.
    ApplicationOpen 409 Office "an application for this number is under way",
    /// The application is not waiting for an amendment, or not for this one.
    NotAmendable 409 AskStatus "the application does not wait for this",
    /// The part does not start where the last one ended.
    PortraitOffset 409 AskStatus "the part does not start where the last one ended",
    /// The portrait is not complete.
    PortraitIncomplete 409 AskStatus "the portrait is not complete",
    /// The phone's storage is older than what it reported before.
    OlderCopy 409 Refetch "an older copy of the phone's storage",
    /// The phone is new: no transfer and no contact change until `locked_until`.
    CoolingDown 409 Wait "the phone is too new for this",
    /// The transfer is not in this state.
    TransferState 409 AskStatus "the transfer is not in this state",
    /// Another phone has joined: the transfer is aborted.
    TransferContested 409 GiveAgain "another phone has joined",
    /// The transfer was confirmed by digits: it goes on at `locked_until`.
    TransferHeld 409 Wait "the transfer is held",
    /// Another endorsement came first.
    EndorsementTaken 409 AskStatus "another endorsement came first",
    /// The slot has another content.
    SlotTaken 409 AskStatus "the slot has another content",
    /// Desk only: not in this state.
    Conflict 409 AskStatus "not in this state",
    /// The enrolment challenge is unknown, expired or used.
    ChallengeGone 410 GiveAgain "the enrolment challenge is gone",
    /// The one-time code's challenge is unknown, of another phone, expired or used.
    OtpGone 410 NewCode "the one-time code is gone",
    /// The reference to a password is unknown, expired or used.
    PasswordGone 410 GiveAgain "the password has to be given again",
    /// The portrait is unknown, expired or used.
    PortraitGone 410 GiveAgain "the portrait has to be sent again",
    /// The transfer is unknown, over, or was aborted.
    TransferGone 410 GiveAgain "the transfer is gone",
    /// Over the limit.
    TooLarge 413 Update "too large",
    /// Not the media type of the call.
    MediaType 415 Update "unsupported media type",
    /// The same idempotency key with other content.
    IdempotencyMismatch 422 AskStatus "this Idempotency-Key came with another request",
    /// Fields are wrong: see `fields`.
    FieldsWrong 422 Correct "fields are wrong",
    /// The keys do not go with their evidence.
    EvidenceRefused 422 Enrol "the evidence does not go with the keys",
    /// The endorsement, or what accepts it, does not fit the transfer.
    EndorsementRefused 422 GiveAgain "the endorsement does not fit the transfer",
    /// The portrait's bytes, or the vault's export, are not those that were announced.
    DigestMismatch 422 GiveAgain "the bytes are not those announced",
    /// A consent that there is no account without is missing, or was given to other texts than today's.
    ConsentNeeded 422 GiveAgain "a required consent is missing",
    /// The one-time code is wrong: see `attempts_left`.
    OtpWrong 422 Correct "the one-time code is wrong",
    /// The code of the challenge has not been verified.
    OtpUnverified 422 NewCode "the one-time code has not been verified",
    /// The account has no address on this channel, or none at all.
    ChannelUnavailable 422 Correct "no address on this channel",
    /// The password is too common, too short, or made of the holder's own data.
    PasswordRefused 422 Correct "the password is refused",
    /// The account is locked: see `lock`.
    AccountLocked 423 Office "the account is locked",
    /// No phone is served until an office ends it.
    AccountFrozen 423 Office "the account is frozen",
    /// Too many wrong codes or passwords: see `locked_until`.
    TriesLocked 429 Wait "too many wrong tries",
    /// Another code can't be asked for yet.
    OtpTooSoon 429 Wait "too soon for another code",
    /// Too many requests.
    RateLimited 429 Wait "too many requests",
    /// The service broke; nothing was done.
    Internal 500 TryLater "internal error",
    /// The service is not there at the moment.
    Unavailable 503 TryLater "unavailable",
}
