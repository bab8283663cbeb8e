//! What an officer calls, and what stands in for the world: messages that went out, records, the clock.

use citizen_protocol::wire::{Code, Id, Method};

use super::params::Params;
use super::route::{Access, Asker, Does, Gives, Prepared, Route, Takes, desk, nothing};
use super::schema::schema_of;
use crate::pipeline::{Advance, Advanced, Answer, Content, Keeps};
use crate::rules::desk::{
    self, CitizenSearch, Decide, EnrolInPerson, IdentifiedInPerson, LockAccount, MessagesRequest, OfAccount, Reject,
    RejectActivation, UnlockAccount, UpdateRecord,
};
use crate::work::Work;

#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
    vec![
        desk(Method::Get, "/desk/v1/queue", nothing, desk::queue)
            .named("desk_queue", "Applications, recoveries and activations that wait for an officer."),
        portrait(),
        desk(Method::Post, "/desk/v1/applications/{id}/approve", decided, desk::approve_application).carrying::<Decide>()
            .named("desk_approve_application", "Makes the account."),
        desk(Method::Post, "/desk/v1/applications/{id}/reject", rejected, desk::reject_application).carrying::<Reject>()
            .named("desk_reject_application", "Rejects or stops an application, with reasons."),
        desk(Method::Post, "/desk/v1/recoveries/{id}/approve", decided, desk::approve_recovery).carrying::<Decide>()
            .named("desk_approve_recovery", "Puts the new password in force."),
        desk(Method::Post, "/desk/v1/recoveries/{id}/reject", rejected, desk::reject_recovery).carrying::<Reject>()
            .named("desk_reject_recovery", "Leaves the old password."),
        desk(Method::Post, "/desk/v1/activations/{id}/approve", decided, desk::approve_activation).carrying::<Decide>()
            .named("desk_approve_activation", "Raises the account to level 2."),
        desk(Method::Post, "/desk/v1/activations/{id}/reject", not_activated, desk::reject_activation).carrying::<RejectActivation>()
            .named("desk_reject_activation", "Leaves everything as it was, with reasons."),
        desk(Method::Post, "/desk/v1/device-recoveries/{id}/approve", decided, desk::approve_device_recovery).carrying::<Decide>()
            .named("desk_approve_device_recovery", "The portrait is the holder's: the wait begins."),
        desk(Method::Post, "/desk/v1/device-recoveries/{id}/reject", rejected, desk::reject_device_recovery).carrying::<Reject>()
            .named("desk_reject_device_recovery", "Leaves the account where it is."),

        desk(Method::Post, "/desk/v1/accounts/lock", nothing, desk::lock).carrying::<LockAccount>()
            .named("desk_lock_account", "Locks an account: every session ends."),
        desk(Method::Post, "/desk/v1/accounts/unlock", nothing, desk::unlock).carrying::<UnlockAccount>()
            .named("desk_unlock_account", "Unlocks an account where it was locked."),
        desk(Method::Post, "/desk/v1/accounts/reset-device", nothing, desk::reset_device).carrying::<OfAccount>()
            .named("desk_reset_device", "Sets an account free from its phone."),
        desk(Method::Post, "/desk/v1/accounts/phone-code", nothing, desk::phone_code).carrying::<OfAccount>()
            .named("desk_phone_code", "A code that binds the holder's new phone, in person."),
        desk(Method::Post, "/desk/v1/accounts/enrol", nothing, desk::enrol_in_person).carrying::<EnrolInPerson>()
            .named("desk_enrol", "Enrols somebody who stands at the desk."),
        desk(Method::Post, "/desk/v1/citizens/identified", nothing, desk::identified).carrying::<IdentifiedInPerson>()
            .named("desk_identified", "Says that somebody was identified in person: the request to activate goes out."),
        desk(Method::Post, "/desk/v1/citizens/search", nothing, desk::search).carrying::<CitizenSearch>()
            .named("desk_search_citizens", "Citizens by number or name, with their accounts."),
        desk(Method::Post, "/desk/v1/citizens/update", nothing, desk::update_record).carrying::<UpdateRecord>()
            .named("desk_update_record", "Puts a record right."),

        desk(Method::Post, "/desk/v1/messages", nothing, desk::messages).carrying::<MessagesRequest>()
            .named("desk_messages", "Messages that went out, word for word."),
        clock(),
    ]
}

fn decided(request: &mut Decide, params: &Params) -> Result<(), Code> {
    request.id = params.id("id")?;
    Ok(())
}

fn rejected(request: &mut Reject, params: &Params) -> Result<(), Code> {
    request.id = params.id("id")?;
    Ok(())
}

fn not_activated(request: &mut RejectActivation, params: &Params) -> Result<(), Code> {
    request.id = params.id("id")?;
    Ok(())
}

/// The only answer that is bytes.
fn portrait() -> Route {
    let prepare = |params: &Params, _| {
        let portrait: Id = params.id("portrait")?;
        let rule =
            move |work: &Work<'_>, _: Asker<'_>| Ok(Answer::success(Content::Bytes, desk::portrait(work, portrait)?));
        Ok(Box::new(rule) as Prepared)
    };
    Route::new(Method::Get, "/desk/v1/portraits/{portrait}", Access::Desk, Box::new(prepare), Gives::Bytes)
        .named("desk_portrait", "A case's portrait, as it came.")
}

/// Holds of days pass in a moment.
fn clock() -> Route {
    Route {
        method: Method::Post,
        path: "/desk/v1/clock/advance",
        access: Access::Desk,
        takes: Takes::Json(schema_of::<Advance>),
        numbers: &[],
        does: Does::AdvanceClock,
        keeps: Keeps::Answers,
        waits_while: None,
        name: "desk_advance_clock",
        summary: "Moves the service's clock on.",
        gives: Gives::Json(schema_of::<Advanced>),
    }
}
