//! What comes in.

use std::fmt;

use citizen_card::CitizenCard;

use crate::effect::{EffectId, Outcome};

/// A way that the holder starts from home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Journey {
    /// Registration for level 1 (row R10).
    Enrol,
    /// How far the registration is (row R3).
    Status,
    /// Level 2, after the holder was identified in person (rows R4, R11).
    Activate,
    /// Signing in (row R13).
    SignIn,
    /// A forgotten password (row R5).
    Recover,
    /// Consents, language, app lock, the account's own lock.
    Settings,
}

impl Journey {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Enrol, Self::Status, Self::Activate, Self::SignIn, Self::Recover, Self::Settings];
}

/// Where a one-time code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CodeSource {
    /// The holder typed it.
    Typed,
    /// The holder pasted something: a code, or a whole message.
    Pasted,
    /// The system read a message: its whole text, or the code that it found in it.
    Message,
}

/// Why there is no picture from the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CameraFault {
    /// The holder did not allow it; the settings can.
    Denied,
    /// Another app has it.
    Busy,
    /// There is none, or it broke.
    Missing,
}

/// What a shell reports. `page` is the id of the page that it happened on: what happened on a page that is gone is ignored.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Event {
    /// The holder starts a way from home.
    Start {
        /// Which.
        journey: Journey,
    },
    /// A button of the page.
    Action {
        /// The page.
        page: String,
        /// The action's id.
        action: String,
    },
    /// Something was entered. Send the whole value each time it changes.
    Field {
        /// The page.
        page: String,
        /// The field's id.
        field: String,
        /// All that stands in it now.
        value: String,
    },
    /// Something was chosen, or is not any more.
    Choose {
        /// The page.
        page: String,
        /// The choice's id, or the consent's.
        choice: String,
        /// The option's id; empty for a consent.
        option: String,
        /// Whether it is chosen now.
        chosen: bool,
    },
    /// A one-time code, or the message that carries one. It is sent only once the holder taps.
    Code {
        /// The page.
        page: String,
        /// What stands in the entry, or was pasted or received.
        text: String,
        /// Where it comes from.
        source: CodeSource,
    },
    /// The scanner read a card.
    CardRead {
        /// The page.
        page: String,
        /// The card.
        card: CitizenCard,
    },
    /// The selfie guide has a portrait, or a still was accepted.
    Portrait {
        /// The page.
        page: String,
        /// The picture.
        jpeg: Vec<u8>,
    },
    /// The scanner or the guide says something new.
    CameraHint {
        /// The page.
        page: String,
        /// The hint's id, as the scanner or the guide names it: `come_closer`.
        hint: String,
        /// 0 at first; 1, 2, 3 as the guide offers further ways on.
        stage: u8,
    },
    /// There is no picture from the camera.
    CameraFault {
        /// The page.
        page: String,
        /// Why.
        fault: CameraFault,
    },
    /// The network came or went.
    Network {
        /// Whether there is one.
        online: bool,
    },
    /// The app came to the front, or left it.
    Visible {
        /// Whether it is in front.
        visible: bool,
    },
    /// Time passed, or a risk signal changed: look again.
    Tick,
    /// The system's way back.
    Back {
        /// The page.
        page: String,
    },
    /// The holder wants out of it all.
    Cancel {
        /// The page.
        page: String,
    },
}

impl Event {
    /// Its name, for logs: they never see more of it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Action { .. } => "action",
            Self::Field { .. } => "field",
            Self::Choose { .. } => "choose",
            Self::Code { .. } => "code",
            Self::CardRead { .. } => "card_read",
            Self::Portrait { .. } => "portrait",
            Self::CameraHint { .. } => "camera_hint",
            Self::CameraFault { .. } => "camera_fault",
            Self::Network { .. } => "network",
            Self::Visible { .. } => "visible",
            Self::Tick => "tick",
            Self::Back { .. } => "back",
            Self::Cancel { .. } => "cancel",
        }
    }

    /// The page that it happened on, for those that happen on one.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        match self {
            Self::Action { page, .. }
            | Self::Field { page, .. }
            | Self::Choose { page, .. }
            | Self::Code { page, .. }
            | Self::CardRead { page, .. }
            | Self::Portrait { page, .. }
            | Self::CameraHint { page, .. }
            | Self::CameraFault { page, .. }
            | Self::Back { page }
            | Self::Cancel { page } => Some(page),
            Self::Start { .. } | Self::Network { .. } | Self::Visible { .. } | Self::Tick => None,
        }
    }
}

/// What was entered, read or taken is personal data.
impl fmt::Debug for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { journey } => write!(out, "start({journey:?})"),
            Self::Action { page, action } => write!(out, "action({page}, {action})"),
            other => write!(out, "{}({})", other.name(), other.page().unwrap_or_default()),
        }
    }
}

/// What the machine is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// By the shell.
    Shell(Event),
    /// By the runtime, of an effect.
    Reply {
        /// Which.
        effect: EffectId,
        /// What came of it.
        outcome: Box<Outcome>,
    },
    /// The app was started again: whatever was under way is to be asked for anew.
    Resumed,
}
