//! The service's steps with their times, as far as they can be said.

use citizen_protocol::wire::{Application, StepKind, StepState, TimedStep, UnixTime};
use citizen_text::Value;

use crate::page::{Said, TimelineEntry, Tone};
use crate::see::See;

/// More than the service has; an answer can't fill the screen.
const MAX_STEPS: usize = 12;
/// A time further away than this is a mistake: ten years.
const MAX_AWAY_S: u64 = 10 * 366 * 86_400;

/// When a decision is expected, if that lies ahead.
pub(crate) fn expected(application: &Application, now: UnixTime) -> Option<UnixTime> {
    let open = application.steps.iter().filter(|step| is_open(step));
    open.filter_map(|step| step.expected_by).filter(|by| *by > now && is_near(*by, now)).max()
}

/// Whether a step takes longer than the service said.
pub(super) fn is_late(application: &Application, now: UnixTime) -> bool {
    let current = application.steps.iter().filter(|step| step.state == StepState::Current);
    current.filter_map(|step| step.expected_by).any(|by| by <= now)
}

/// The steps.
pub(super) fn entries(see: See, application: &Application) -> Vec<TimelineEntry> {
    application.steps.iter().take(MAX_STEPS).map(|step| entry(see, step)).collect()
}

fn entry(see: See, step: &TimedStep) -> TimelineEntry {
    let label = see.say(match step.kind {
        StepKind::Received => "status-received-step",
        StepKind::Compared => "status-compared-step",
        StepKind::Reviewed => "status-reviewed-step",
        StepKind::AccountMade => "status-account-step",
    });
    let tone = match step.state {
        StepState::Done => Tone::Success,
        StepState::Current | StepState::Ahead => Tone::Info,
        StepState::Failed => Tone::Danger,
    };
    TimelineEntry { label, detail: detail(see, step), tone, is_current: step.state == StepState::Current }
}

fn detail(see: See, step: &TimedStep) -> Option<Said> {
    let now = see.time();
    let near = |time: Option<UnixTime>| time.filter(|time| is_near(*time, now)).map(|time| Value::Time(time.0));
    let since = near(step.since);
    let by = near(step.expected_by.filter(|by| *by > now));
    match (step.state, since, by) {
        (StepState::Done, Some(since), _) => Some(see.say_with("status-done-at", &[("time", since)])),
        (StepState::Failed, Some(since), _) => Some(see.say_with("status-failed-at", &[("time", since)])),
        (StepState::Current, Some(since), Some(by)) => {
            Some(see.say_with("status-since-by", &[("since-time", since), ("expected-time", by)]))
        }
        (StepState::Current, Some(since), None) => Some(see.say_with("status-since", &[("since-time", since)])),
        (StepState::Current | StepState::Ahead, _, Some(by)) => {
            Some(see.say_with("status-expected", &[("expected-time", by)]))
        }
        (StepState::Current, None, None) => Some(see.say("status-now")),
        _ => None,
    }
}

fn is_open(step: &TimedStep) -> bool {
    matches!(step.state, StepState::Current | StepState::Ahead)
}

fn is_near(time: UnixTime, now: UnixTime) -> bool {
    time.since(now).max(now.since(time)) < MAX_AWAY_S
}
