//! What the service takes its time for: an application, an activation or a recovery, as far as sending it and waiting for it go.

use citizen_protocol::wire::{
    Activation, ActivationState, Application, ApplicationState, Id, Recovery, RecoveryState, UnixTime,
};

use crate::effect::{Do, Outcome};

/// An application, an activation or a recovery.
pub(crate) trait Case: Sized {
    /// Asks how far it is; without an id for this phone's own.
    fn ask(which: Option<Id>) -> Do;
    /// Out of an answer.
    fn of(outcome: Outcome) -> Option<Self>;
    fn id(&self) -> Id;
    fn since(&self) -> UnixTime;
    fn poll_after_s(&self) -> u32;
    fn is_open(&self) -> bool;
}

impl Case for Activation {
    fn ask(which: Option<Id>) -> Do {
        Do::AskActivation { activation: which }
    }

    fn of(outcome: Outcome) -> Option<Self> {
        if let Outcome::Activation(activation) = outcome { Some(activation) } else { None }
    }

    fn id(&self) -> Id {
        self.id
    }

    fn since(&self) -> UnixTime {
        self.since
    }

    fn poll_after_s(&self) -> u32 {
        self.poll_after_s
    }

    fn is_open(&self) -> bool {
        self.state == ActivationState::Comparing
    }
}

impl Case for Recovery {
    fn ask(which: Option<Id>) -> Do {
        Do::AskRecovery { recovery: which }
    }

    fn of(outcome: Outcome) -> Option<Self> {
        if let Outcome::Recovery(recovery) = outcome { Some(recovery) } else { None }
    }

    fn id(&self) -> Id {
        self.id
    }

    fn since(&self) -> UnixTime {
        self.since
    }

    fn poll_after_s(&self) -> u32 {
        self.poll_after_s
    }

    fn is_open(&self) -> bool {
        self.state == RecoveryState::Comparing
    }
}

impl Case for Application {
    fn ask(which: Option<Id>) -> Do {
        Do::AskApplication { application: which }
    }

    fn of(outcome: Outcome) -> Option<Self> {
        if let Outcome::Application(application) = outcome { Some(application) } else { None }
    }

    fn id(&self) -> Id {
        self.id
    }

    /// When it arrived. One without steps could be any.
    fn since(&self) -> UnixTime {
        self.steps.iter().find_map(|step| step.since).unwrap_or(UnixTime(u64::MAX))
    }

    fn poll_after_s(&self) -> u32 {
        self.poll_after_s
    }

    fn is_open(&self) -> bool {
        self.state == ApplicationState::InReview
    }
}
