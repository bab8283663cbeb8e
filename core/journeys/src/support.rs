//! What stops somebody, each with a number of its own (row R8). The code on the page carries no personal data; the hotline reads from it
//! where somebody stands.

macro_rules! stops {
    ($($(#[$doc:meta])* $stop:ident $number:literal $text:literal,)*) => {
        /// What stops somebody.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Stop { $($(#[$doc])* $stop,)* }

        impl Stop {
            /// All of them.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$stop,)*];

            /// Never given to another one.
            pub(crate) const fn number(self) -> u16 {
                match self { $(Self::$stop => $number,)* }
            }

            /// The message that says what it is and what to do next.
            pub(crate) const fn text(self) -> &'static str {
                match self { $(Self::$stop => $text,)* }
            }
        }
    };
}

impl Stop {
    /// As it is read out to the hotline: `E101`.
    pub(crate) fn code(self) -> String {
        format!("E{}", self.number())
    }
}

stops! {
    /// No connection.
    Offline 101 "trouble-offline-text",
    /// No answer in time.
    Slow 102 "trouble-slow-text",
    /// The service has a fault.
    ServiceDown 103 "trouble-service-text",
    /// Not the real service.
    NotGenuine 104 "trouble-genuine-text",
    /// The phone's clock.
    Clock 105 "trouble-clock-text",
    /// Too old an app.
    Outdated 106 "trouble-outdated-text",
    /// Storage.
    Storage 107 "trouble-storage-text",
    /// No space.
    StorageFull 108 "trouble-full-text",
    /// The key store.
    Keystore 109 "trouble-keystore-text",
    /// The holder did not approve.
    NotApproved 110 "trouble-approved-text",
    /// The key for approvals died.
    ApprovalKey 111 "trouble-approval-key-text",
    /// The service does not know this phone.
    UnknownPhone 112 "trouble-phone-text",
    /// Not signed in.
    NotSignedIn 113 "trouble-signed-out-text",
    /// The list of devices changed.
    DevicesChanged 114 "trouble-devices-text",
    /// Too many requests.
    Busy 115 "trouble-busy-text",
    /// The account is locked.
    AccountLocked 116 "trouble-locked-text",
    /// The service refused it in a way that only a person can look into.
    Refused 117 "trouble-refused-text",
    /// It may have been done already.
    Unclear 118 "trouble-unclear-text",
    /// What was cited is gone and has to be given again.
    GiveAgain 119 "trouble-again-text",
    /// The account is on another phone.
    OtherPhone 120 "trouble-other-phone-text",
    /// Too many wrong codes.
    CodeLocked 201 "otp-locked-text",
    /// No such channel.
    NoChannel 202 "otp-channel-text",
    /// The camera may not be used.
    CameraDenied 301 "camera-denied-text",
    /// Another app has the camera.
    CameraBusy 302 "camera-busy-text",
    /// No camera.
    CameraMissing 303 "camera-missing-text",
    /// Younger than the service takes.
    TooYoung 401 "enrol-young-text",
    /// No consent.
    NoConsent 402 "consent-refused-text",
    /// Somebody else's application for this number is under way.
    ApplicationOpen 403 "enrol-open-text",
    /// The registration ended, and the app can't put it right.
    Stopped 404 "status-stopped-text",
    /// The registration waits for a correction.
    Rejected 405 "status-rejected-text",
    /// The activation was refused.
    ActivationRefused 501 "activation-refused-text",
    /// Another phone asked for an activation.
    ActivationOpen 502 "activation-open-text",
    /// Number and password do not go together.
    WrongCredentials 601 "sign-in-wrong-text",
    /// Too many wrong passwords.
    PasswordLocked 602 "sign-in-locked-text",
    /// The account is bound to another phone.
    AnotherPhone 603 "sign-in-other-phone-text",
    /// This phone is another account's.
    PhoneTaken 604 "phone-taken-text",
    /// The recovery was refused.
    RecoveryRefused 701 "recovery-refused-text",
    /// Another phone asked for a recovery.
    RecoveryOpen 702 "recovery-open-text",
    /// Too many wrong PINs.
    PinLocked 801 "lock-locked-text",
    /// A call is in progress.
    RiskCall 901 "risk-call-text",
    /// The screen is being captured.
    RiskCapture 902 "risk-capture-text",
    /// Somebody controls the phone from afar.
    RiskRemote 903 "risk-remote-text",
    /// Something lies over the app.
    RiskOverlay 904 "risk-overlay-text",
    /// A service that can act for the holder.
    RiskAccessibility 905 "risk-accessibility-text",
    /// A debugger.
    RiskDebugger 906 "risk-debugger-text",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Stop;

    #[test]
    fn no_two_stops_share_a_number_or_a_text() {
        let numbers: BTreeSet<_> = Stop::ALL.iter().map(|stop| stop.number()).collect();
        let texts: BTreeSet<_> = Stop::ALL.iter().map(|stop| stop.text()).collect();
        assert_eq!((numbers.len(), texts.len()), (Stop::ALL.len(), Stop::ALL.len()));
    }
}
