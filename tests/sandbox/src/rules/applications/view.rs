//! An application as its phone sees it (row R3): each step with its times, and when to ask again.

use citizen_protocol::wire::{Application, ApplicationState, StepKind, StepState, TimedStep};

use super::store::Stored;

/// Seconds until asking again makes sense: while a machine decides, while an officer does, and when nothing more comes by itself.
const POLL_AUTOMATIC_S: u32 = 5;
const POLL_OFFICER_S: u32 = 30;
const POLL_ENDED_S: u32 = 3_600;

impl Stored {
    pub(super) fn view(&self) -> Application {
        Application {
            id: self.id,
            state: self.state,
            steps: self.steps(),
            reasons: self.reasons.clone(),
            account: self.account,
            poll_after_s: match self.state {
                ApplicationState::InReview if self.is_for_officer => POLL_OFFICER_S,
                ApplicationState::InReview => POLL_AUTOMATIC_S,
                ApplicationState::Approved | ApplicationState::Rejected | ApplicationState::Stopped => POLL_ENDED_S,
            },
        }
    }

    /// Comparing takes no time: it is done when the application arrives or is amended.
    fn steps(&self) -> Vec<TimedStep> {
        let failed_first = self.failed_step == Some(StepKind::Compared);
        let compared = if failed_first { StepState::Failed } else { StepState::Done };
        let (reviewed, made) = match (self.state, failed_first) {
            (ApplicationState::InReview, _) => (StepState::Current, StepState::Ahead),
            (ApplicationState::Approved, _) => (StepState::Done, StepState::Done),
            (_, true) => (StepState::Ahead, StepState::Ahead),
            (_, false) => (StepState::Failed, StepState::Ahead),
        };
        let step = |kind, state| {
            let since = match (state, kind) {
                (StepState::Ahead, _) => None,
                (_, StepKind::Reviewed | StepKind::AccountMade) if state != StepState::Current => self.decided_at,
                _ => Some(self.received_at),
            };
            let is_waiting = matches!(state, StepState::Current | StepState::Ahead);
            let expected_by = self.expected_by.filter(|_| is_waiting && self.state == ApplicationState::InReview);
            TimedStep { kind, state, since, expected_by }
        };
        vec![
            step(StepKind::Received, StepState::Done),
            step(StepKind::Compared, compared),
            step(StepKind::Reviewed, reviewed),
            step(StepKind::AccountMade, made),
        ]
    }
}
