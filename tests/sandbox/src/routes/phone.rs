//! What a phone calls.

use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{
    ActivationRequest, ActivationStatusRequest, AmendRequest, ApplicationRequest, ApplicationStatusRequest, Code,
    DeviceRequest, LedgerRequest, OtpResendRequest, OtpVerifyRequest, PasswordRequest, PortraitPartRequest,
    PortraitProgress, PortraitRequest, PortraitStatusRequest, RecoveryRequest, RecoveryStatusRequest, RekeyRequest,
    SignInRequest, TrustRequest, WithdrawConsentRequest,
};

use super::params::{Params, fills};
use super::route::{Access, Gives, Number, Route, Takes, as_it_is, asks, nothing, open, public, sends};
use super::schema::schema_of;
use crate::pipeline::object;
use crate::rules::{
    accounts, activations, applications, consents, deletions, devices, enrol, ledger, otp, passwords, policy,
    portraits, privacy, recoveries, rekeys, sessions, sign_in,
};
use crate::work::Work;

#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
    vec![
        public("/v1/policy", policy::published)
            .named("policy", "Ages, periods and purposes: what the first page says."),
        open("/v1/enrol-challenges", enrol::challenge)
            .named("enrol_challenge", "A challenge that new keys are made with."),
        sends::<DeviceRequest>("/v1/devices", nothing, devices::register)
            .of(Access::NewPhone(device_key))
            .named("register_device", "Registers a phone by the keys it just made; signed by the new K_dev."),
        sends::<RekeyRequest>("/v1/rekeys", nothing, rekeys::rekey)
            .named("rekey", "Replaces keys of the account's phone; signed by the K_dev in force."),
        asks::<TrustRequest>("/v1/trust", nothing, |work: &Work, _, _| Ok(work.keys.trust().clone()))
            .of(Access::OfTransfer)
            .named("trust", "The newest pin set and statement-key set."),

        sends("/v1/otp-challenges", nothing, otp::challenge)
            .named("otp_challenge", "Sends a one-time code."),
        sends("/v1/otp-challenges/{challenge}/resend", resent, otp::resend)
            .named("otp_resend", "Sends another code in place of the last."),
        sends::<OtpVerifyRequest>("/v1/otp-challenges/{challenge}/verify", verified, |work, caller, request| otp::verify(work, caller, &request))
            .named("otp_verify", "Gives a one-time code."),
        sends::<PasswordRequest>("/v1/passwords", nothing, |work, caller, request| passwords::give(work, caller, &request))
            .named("give_password", "Gives a password, to be cited."),

        sends::<PortraitRequest>("/v1/portraits", nothing, |work, caller, request| portraits::announce(work, caller, &request))
            .named("announce_portrait", "Announces a portrait."),
        portrait_part(),
        asks("/v1/portraits/{portrait}", portrait, portraits::status)
            .named("portrait_status", "How far a portrait is."),

        sends::<ApplicationRequest>("/v1/applications", nothing, applications::apply)
            .named("apply", "Applies for an account."),
        asks("/v1/applications/current", nothing, applications::current)
            .named("current_application", "How far this phone's application is, for one that never heard its id."),
        asks("/v1/applications/{application}", application, applications::status)
            .named("application_status", "How far an application is."),
        sends::<AmendRequest>("/v1/applications/{application}/amendments", amended, applications::amend)
            .named("amend_application", "After a rejection: what was wrong, again."),

        // A repetition of these two gets another token, not the first one again: no token is kept, only its hash. It does no harm, for a
        // token works with the key that signed both requests only, and lives 15 minutes. A phone that the first request bound is known
        // in the second, and the second renews what the first renewed.
        sends::<SignInRequest>("/v1/sign-ins", nothing, sign_in::sign_in).answering_a_secret()
            .named("sign_in", "Signs in."),
        sends("/v1/tokens", nothing, sessions::renew).answering_a_secret()
            .named("renew_token", "Renews the access token: the signature is all it takes."),
        asks("/v1/sessions/current", nothing, sessions::sign_out)
            .named("sign_out", "Ends the session."),
        sends::<RecoveryRequest>("/v1/recoveries", nothing, recoveries::recover)
            .named("recover", "Asks for another password."),
        asks("/v1/recoveries/current", nothing, recoveries::current)
            .named("current_recovery", "How far the recovery is that this phone asked for, if it never heard its id."),
        asks("/v1/recoveries/{recovery}", recovery, recoveries::status)
            .named("recovery_status", "How far a recovery is."),

        sends::<ActivationRequest>("/v1/activations", nothing, activations::activate)
            .named("activate", "Activates for level 2, after the identification in person."),
        asks("/v1/activations/current", nothing, activations::current)
            .named("current_activation", "How far the activation is that this phone asked for, if it never heard its id."),
        asks("/v1/activations/{activation}", activation, activations::status)
            .named("activation_status", "How far an activation is."),

        asks("/v1/privacy", nothing, privacy::status)
            .named("privacy", "Consents in force, the newest export, and the deletion that was asked for."),
        sends::<WithdrawConsentRequest>("/v1/consents/withdrawals", nothing, consents::withdraw)
            .named("withdraw_consent", "Withdraws a consent."),
        sends("/v1/exports", nothing, privacy::export)
            .named("export", "Has what the service keeps sent to the account's address."),
        sends("/v1/deletions", nothing, deletions::delete)
            .named("delete_account", "Asks for the account's deletion."),

        asks("/v1/account", nothing, accounts::summary)
            .named("account", "The account."),
        sends("/v1/account/lock", nothing, accounts::lock)
            .named("lock_account", "Locks the account, at once."),
        asks("/v1/ledger", from, ledger::page).with(&[Number::InQuery("from")])
            .named("ledger", "Entries of the account's list of devices, 100 at most."),
    ]
}

fn portrait_part() -> Route {
    let read = |params: &Params, bytes| {
        Ok(PortraitPartRequest { portrait: params.id("portrait")?, offset: params.number("offset")?, bytes })
    };
    let gives = Gives::Json(schema_of::<PortraitProgress>);
    let path = "/v1/portraits/{portrait}/parts/{offset}";
    Route {
        takes: Takes::Bytes(PortraitPartRequest::MAX_BYTES),
        ..as_it_is(path, Access::Phone, gives, read, |work, caller, request| portraits::part(work, caller, &request))
    }
    .with(&[Number::InPath("offset")])
    .named("portrait_part", "One part of a portrait, 64 KiB at most.")
}

fills! {
    resent: OtpResendRequest, challenge;
    verified: OtpVerifyRequest, challenge;
    portrait: PortraitStatusRequest, portrait;
    application: ApplicationStatusRequest, application;
    amended: AmendRequest, application;
    recovery: RecoveryStatusRequest, recovery;
    activation: ActivationStatusRequest, activation;
}

fn from(request: &mut LedgerRequest, params: &Params) -> Result<(), Code> {
    request.from = params.query_number("from")?;
    Ok(())
}

/// The key that a registration brings along.
fn device_key(body: &[u8]) -> Option<PublicKey> {
    let request: DeviceRequest = object(body).ok()?;
    PublicKey::from_spki(&request.dev.spki.0)
}
