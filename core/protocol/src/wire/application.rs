//! Registration for level 1: what is sent, and how far it is (rows R3, R10, R15).

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Consent, Id, UnixTime};

/// Where the card's details come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardSource {
    /// Read from the card's QR.
    Scanned,
    /// Typed by the holder.
    Typed,
}

/// What the card says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CardDetails {
    /// 12 digits.
    pub id_number: String,
    /// 9 digits, if the card names the old one.
    pub old_id_number: Option<String>,
    /// Full name.
    pub name: String,
    /// `yyyy-mm-dd`.
    pub birth_date: String,
    /// `Nam` or `Nữ`, as on the card.
    pub sex: String,
    /// Place of residence.
    pub address: String,
    /// `yyyy-mm-dd`.
    pub issue_date: String,
    /// Where they come from.
    pub source: CardSource,
}

impl std::fmt::Debug for CardDetails {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CardDetails")
    }
}

/// Applies for an account. Everything it cites was given before, and is used up by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApplicationRequest {
    /// The card.
    pub card: CardDetails,
    /// Verified codes for [`super::OtpPurpose::Register`]: the addresses that become the account's, one a channel.
    pub otp_challenges: Vec<Id>,
    /// The password.
    pub password: Id,
    /// The portrait, complete.
    pub portrait: Id,
    /// What the holder agreed to, by purpose: every required one, to today's texts.
    pub consents: Vec<Consent>,
}

call!(ApplicationRequest => Application, Post |_| "/v1/applications".into(); Outbox);

/// After a rejection: only what was wrong, again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AmendRequest {
    /// Which application.
    #[serde(skip)]
    pub application: Id,
    /// The card, corrected.
    pub card: Option<CardDetails>,
    /// Another portrait.
    pub portrait: Option<Id>,
}

call!(AmendRequest => Application, Post |call| format!("/v1/applications/{}/amendments", call.application); Outbox);

/// Asks how far an application is. Only the phone that sent it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationStatusRequest {
    /// Which.
    #[serde(skip)]
    pub application: Id,
}

call!(ApplicationStatusRequest => Application, Get |call| format!("/v1/applications/{}", call.application));

/// Asks how far this phone's application is, for one that never heard its id: the answer to applying was lost. The open one, else the
/// newest; not found if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentApplicationRequest {}

call!(CurrentApplicationRequest => Application, Get |_| "/v1/applications/current".into());

/// How far an application is, and what is expected when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// Names it.
    pub id: Id,
    /// As a whole.
    pub state: ApplicationState,
    /// Step by step, in order.
    pub steps: Vec<TimedStep>,
    /// Why it was rejected or stopped; empty else.
    pub reasons: Vec<Reason>,
    /// The account, once there is one.
    pub account: Option<Id>,
    /// When to ask again, in seconds.
    pub poll_after_s: u32,
}

/// An application as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// An officer looks at it.
    InReview,
    /// There is an account.
    Approved,
    /// The reasons can be put right here: send an amendment.
    Rejected,
    /// The reasons can't be put right in the app.
    Stopped,
}

/// A step's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// It arrived.
    Received,
    /// Compared with the population database.
    Compared,
    /// An officer looked at it.
    Reviewed,
    /// The account was made.
    AccountMade,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Behind.
    Done,
    /// Now.
    Current,
    /// Ahead.
    Ahead,
    /// It ended here.
    Failed,
}

/// A step with its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimedStep {
    /// Which.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// Since when.
    pub since: Option<UnixTime>,
    /// When it should be done, while it is not.
    pub expected_by: Option<UnixTime>,
}

/// A field that a reason speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WireField {
    /// The personal number.
    IdNumber,
    /// The old number.
    OldIdNumber,
    /// The name.
    Name,
    /// The birth date.
    BirthDate,
    /// The sex.
    Sex,
    /// The place of residence.
    Address,
    /// The card's date of issue.
    IssueDate,
    /// The portrait.
    Portrait,
    /// Phone number or email.
    Contact,
    /// The password.
    Password,
}

/// Why an application did not go on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// What is wrong.
    pub code: ReasonCode,
    /// With what.
    pub field: Option<WireField>,
    /// What helps.
    pub remedy: Remedy,
    /// An officer's own words for the holder: one line of at most 300 characters. Whoever gives the reason `other` writes them.
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    pub note: Option<String>,
}

impl Reason {
    /// The longest note, in characters.
    pub const MAX_NOTE_CHARS: usize = 300;
}

/// Without the note, which may speak of the holder.
impl std::fmt::Debug for Reason {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Reason({:?}, {:?}, {:?})", self.code, self.field, self.remedy)
    }
}

/// What was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// The population database has no such number.
    NotInDatabase,
    /// A field differs from the population database.
    FieldDiffers,
    /// The card has expired.
    CardExpired,
    /// Younger than the service takes (14).
    TooYoung,
    /// The number is a foreigner's: the immigration office enrols.
    ForeignResident,
    /// The portrait shows somebody else, or so it seems.
    PortraitDiffers,
    /// The portrait can't be compared.
    PortraitUnusable,
    /// There is an account for this number already.
    AlreadyRegistered,
    /// An officer's own: see the note.
    Other,
}

/// What helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Correct the entry and send it again.
    CorrectEntry,
    /// Another portrait.
    NewPortrait,
    /// Have the record updated at the police office of the place of residence.
    UpdateRecord,
    /// Renew the card.
    RenewCard,
    /// A parent or guardian registers.
    Guardian,
    /// The immigration office.
    ImmigrationOffice,
    /// Sign in, or recover the password.
    SignIn,
    /// Go on in person.
    Office,
}
