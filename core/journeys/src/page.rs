//! What a shell draws: one page of few kinds of parts. It decides nothing and knows no journey by name.

use citizen_protocol::wire::UnixTime;

/// Words, finished, in the holder's language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Said {
    /// The message's id: what tests compare.
    pub id: String,
    /// To be shown.
    pub text: String,
    /// What a screen reader says, where that differs.
    pub spoken: Option<String>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Page {
    /// Names it: `enrol-code`. Events carry it back.
    pub id: String,
    /// Its title.
    pub title: Said,
    /// From top to bottom.
    pub parts: Vec<Part>,
    /// Its buttons, the first one first.
    pub actions: Vec<Action>,
    /// Whether the system's way back leads somewhere.
    pub can_go_back: bool,
    /// What a screen reader says now, beside the page itself: a new error, a new hint.
    pub announce: Option<Said>,
}

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Part {
    /// Text.
    Paragraph {
        /// What it says.
        said: Said,
    },
    /// Text that stands out.
    Notice {
        /// How.
        tone: Tone,
        /// What it says.
        said: Said,
        /// The support code, on what stops somebody.
        code: Option<String>,
    },
    /// An entry.
    Field {
        /// It.
        field: Field,
    },
    /// One of several, or some of several.
    Choice {
        /// It.
        choice: Choice,
    },
    /// A one-time code.
    CodeEntry {
        /// It.
        entry: CodeEntry,
    },
    /// The camera is on while this part is there.
    Camera {
        /// What for.
        camera: CameraKind,
        /// What to change, from the scanner or the guide.
        hint: Option<Said>,
        /// Whether less is asked of the picture.
        relaxed: bool,
        /// Whether the screen should be bright and white around the picture.
        light: bool,
    },
    /// Steps, with their times.
    Timeline {
        /// In order.
        entries: Vec<TimelineEntry>,
    },
    /// A document, or the account, as a card.
    Document {
        /// What it is.
        title: Said,
        /// What it says.
        rows: Vec<CardRow>,
    },
    /// Labels with values.
    Rows {
        /// In order.
        rows: Vec<CardRow>,
    },
    /// Time that runs out; the shell counts.
    Countdown {
        /// It.
        wait: Wait,
    },
    /// Something is under way.
    Progress {
        /// What.
        said: Said,
        /// Parts in a hundred, where that is known.
        percent: Option<u8>,
    },
    /// A consent: its purpose, and a choice that is not made for the holder.
    Consent {
        /// It.
        entry: ConsentEntry,
    },
}

/// How a notice stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Tone {
    /// Good to know.
    Info,
    /// It went well.
    Success,
    /// Something to do.
    Warning,
    /// Something is wrong.
    Danger,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Field {
    /// Names it.
    pub id: String,
    /// What keyboard and auto-fill it wants.
    pub kind: FieldKind,
    /// What it is.
    pub label: Said,
    /// What stands in it; always empty for secrets.
    pub value: String,
    /// How it is written.
    pub hint: Option<Said>,
    /// What is wrong with it.
    pub error: Option<Said>,
}

/// What is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FieldKind {
    /// Digits of an ID number.
    IdNumber,
    /// A name.
    Name,
    /// A day.
    Day,
    /// A phone number.
    Phone,
    /// An email address.
    Email,
    /// The account's password.
    CurrentPassword,
    /// A password that is being chosen.
    NewPassword,
    /// An address.
    Address,
    /// Digits, hidden.
    Pin,
}

/// One of several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Choice {
    /// Names it.
    pub id: String,
    /// What is chosen.
    pub label: Said,
    /// In order.
    pub options: Vec<ChoiceOption>,
    /// What is wrong with it.
    pub error: Option<Said>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChoiceOption {
    /// Names it.
    pub id: String,
    /// What it is.
    pub label: Said,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// A one-time code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CodeEntry {
    /// How many digits.
    pub digits: u8,
    /// Whether a whole code is there, waiting for the tap.
    pub is_filled: bool,
    /// What is wrong.
    pub error: Option<Said>,
}

/// What the camera is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CameraKind {
    /// The card's QR: the back camera, `CardScanner`.
    Card,
    /// The portrait: the front camera, `SelfieGuide`.
    Selfie,
}

/// A step of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TimelineEntry {
    /// What it is.
    pub label: Said,
    /// Since when, or until when.
    pub detail: Option<Said>,
    /// How it stands: `Success` behind, `Info` now or ahead, `Danger` where it ended.
    pub tone: Tone,
    /// Whether it is the one under way.
    pub is_current: bool,
}

/// A label with a value.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CardRow {
    /// What it is.
    pub label: Said,
    /// What it says.
    pub value: String,
    /// What a screen reader says, where that differs.
    pub spoken: Option<String>,
    /// What is odd about it.
    pub note: Option<Said>,
}

/// Values are personal data.
impl std::fmt::Debug for CardRow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CardRow({})", self.label.id)
    }
}

/// Time that runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Wait {
    /// What for. The shell shows the time left beside it.
    pub label: Said,
    /// From now, in seconds.
    pub seconds: u32,
    /// Seconds left at which a screen reader says how many: sparingly (WCAG 2.2.1).
    pub announce_at: Vec<u32>,
}

impl Wait {
    pub(crate) fn until(end: UnixTime, now: UnixTime, label: Said) -> Self {
        let seconds = u32::try_from(end.since(now)).unwrap_or(u32::MAX);
        let announce_at = [60, 30, 10].into_iter().filter(|at| *at < seconds).collect();
        Self { label, seconds, announce_at }
    }
}

/// A consent to one purpose (row R24).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ConsentEntry {
    /// Names it.
    pub id: String,
    /// What for.
    pub title: Said,
    /// What is used, by whom, why, how long, and which rights the holder has.
    pub facts: Vec<Said>,
    /// Whether the way can't go on without it.
    pub is_required: bool,
    /// Whether the holder agreed. Never at first.
    pub chosen: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Action {
    /// Names it.
    pub id: String,
    /// What it says.
    pub label: Said,
    /// What kind it is.
    pub role: Role,
    /// Whether it can be tapped now. The core refuses it otherwise, whatever the button looks like.
    pub enabled: bool,
    /// Seconds until it can be tapped.
    pub delay_s: u32,
}

/// A button's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Role {
    /// The one that most people want.
    Primary,
    /// Another way on.
    Secondary,
    /// It deletes or ends something.
    Destructive,
    /// Out of here.
    Cancel,
}
