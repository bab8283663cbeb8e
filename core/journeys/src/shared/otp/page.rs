//! What the holder sees of a one-time code.

use citizen_protocol::wire::{OtpChallenge, OtpChannel, OtpPurpose};
use citizen_text::Value;

use super::state::{State, Wrong};
use crate::held::Slot;
use crate::ids::Act;
use crate::page::{CodeEntry, Page, Part, Role, Said, Tone};
use crate::see::{Draft, See};
use crate::support::Stop;

/// The page's ids within a journey.
#[derive(Clone, Copy)]
pub(crate) struct Titles {
    /// `enrol-code`
    pub(crate) page: &'static str,
    /// `enrol-code-title`
    pub(crate) title: &'static str,
}

pub(crate) fn page(state: &State, see: See, titles: Titles) -> Page {
    let draft = see.page(titles.page, titles.title).back();
    let draft = match state {
        State::Asking { work, .. } => draft.work(work, "otp-sending"),
        State::Entering { sent, wrong, .. } => entering(draft, see, sent, *wrong),
        State::Checking { work, .. } => draft.work(work, "otp-checking"),
        State::Locked { until, .. } => {
            // Rounded up: nobody comes back a minute too early.
            let said = see.say_with(Stop::CodeLocked.text(), &[("until", Value::Time(until.plus(59).0))]);
            let draft = draft.countdown(*until, "otp-locked-label").stop_said(Stop::CodeLocked, said);
            draft.action_from(*until, Act::Resend, Role::Primary)
        }
        State::NoChannel { .. } => draft.stop(Stop::NoChannel),
    };
    let other = match state.ask().channel {
        OtpChannel::Sms => Act::ByEmail,
        OtpChannel::Email => Act::BySms,
    };
    let draft = match state {
        _ if !can_change_channel(state) => draft,
        // Another code is another code, wherever it goes.
        State::Entering { sent, .. } => draft.action_from(sent.resend_at, other, Role::Secondary),
        _ => draft.secondary(other),
    };
    draft.cancel(Act::Later).done()
}

/// Registering and activating prove one certain address; everything else can take another way.
fn can_change_channel(state: &State) -> bool {
    let is_of_account = !matches!(state.ask().purpose, OtpPurpose::Register | OtpPurpose::Activate);
    is_of_account && !matches!(state, State::Checking { .. } | State::Asking { .. })
}

fn entering<'a>(draft: Draft<'a>, see: See<'a>, sent: &OtpChallenge, wrong: Option<Wrong>) -> Draft<'a> {
    let text = |text: &str| Value::Text(text.to_owned());
    let now = see.time();
    let is_filled = !see.held.is_empty(Slot::Code);
    let has_expired = sent.expires_at <= now;
    let where_to = match sent.channel {
        OtpChannel::Sms => see.say_with("otp-sms-text", &[("address", text(&sent.masked_address))]),
        OtpChannel::Email => see.say_with("otp-email-text", &[("address", text(&sent.masked_address))]),
    };
    let facts =
        see.say_with("otp-facts-text", &[("reference", text(&sent.reference)), ("device", text(&sent.context.device))]);
    let error = wrong.map(|wrong| error(see, wrong));
    let draft = draft.said(approves(see, sent.purpose)).said(where_to).said(facts);
    let draft = match &error {
        Some(error) => draft.announce(error.clone()),
        None if is_filled => draft.announce(see.say("otp-filled")),
        None => draft,
    };
    let draft = if has_expired {
        let can_resend = sent.resend_at <= now;
        draft.announced(Tone::Warning, see.say(if can_resend { "otp-expired" } else { "otp-expired-wait" }))
    } else {
        let entry = CodeEntry { digits: sent.digits, is_filled, error };
        let left = see.say_with("otp-attempts", &[("left", Value::Count(sent.attempts_left.into()))]);
        draft.part(Part::CodeEntry { entry }).said(left).countdown(sent.expires_at, "otp-expires-label")
    };
    draft
        .notice(Tone::Warning, see.say("otp-never-text"))
        .primary_if(is_filled && !has_expired, Act::Continue)
        .action_from(sent.resend_at, Act::Resend, Role::Secondary)
        .secondary(Act::Help)
}

/// What the code approves, before anything else.
fn approves(see: See, purpose: OtpPurpose) -> Said {
    see.say(match purpose {
        OtpPurpose::Register => "otp-register-text",
        OtpPurpose::SignIn => "otp-sign-in-text",
        OtpPurpose::Recover => "otp-recover-text",
        OtpPurpose::Rekey => "otp-rekey-text",
        OtpPurpose::Activate => "otp-activate-text",
        OtpPurpose::Transfer | OtpPurpose::RecoverDevice => "otp-transfer-text",
    })
}

fn error(see: See, wrong: Wrong) -> Said {
    match wrong {
        Wrong::NotDigits => see.say("otp-digits-error"),
        Wrong::Length => see.say("otp-length-error"),
        Wrong::NoCode => see.say("otp-message-error"),
        Wrong::OtherHost => see.say("otp-host-error"),
        Wrong::Code { left: Some(left) } => see.say_with("otp-wrong-error", &[("left", Value::Count(left.into()))]),
        Wrong::Code { left: None } => see.say("otp-wrong-plain-error"),
        Wrong::Void => see.say("otp-void-error"),
        Wrong::Emptied => see.say("otp-emptied-error"),
    }
}
