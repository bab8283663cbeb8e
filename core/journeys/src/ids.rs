//! Names of actions and fields: the same in pages, events, scenarios and texts.

macro_rules! names {
    ($(#[$outer:meta])* $name:ident, $prefix:literal, $suffix:literal: $($(#[$doc:meta])* $variant:ident $id:literal,)*) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As events and pages name it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The message that labels it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => concat!($prefix, $id, $suffix),)* }
            }

            /// By its id.
            #[must_use]
            pub fn parse(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}

names! {
    /// What a button does.
    Act, "action-", "":
    /// On to what comes next.
    Continue "continue",
    /// The same again, which failed.
    TryAgain "try-again",
    /// Who helps, and with what code.
    Help "help",
    /// Calls the hotline.
    Call "call",
    /// Leaves; everything stays as it is.
    Later "later",
    /// Leaves; what was entered is deleted.
    Discard "discard",
    /// Stays, after all.
    Stay "stay",
    /// Home, at the end of a way.
    Home "home",
    /// Types the card instead of scanning it.
    TypeByHand "type-by-hand",
    /// Scans the card instead of typing it.
    ScanCard "scan-card",
    /// Corrects what was read or typed.
    Correct "correct",
    /// Opens the phone's settings.
    OpenSettings "open-settings",
    /// Takes the picture by hand.
    TakeNow "take-now",
    /// Asks less of the picture: for faces that the checks do not fit.
    Relax "relax",
    /// Another picture.
    Retake "retake",
    /// Goes on in person.
    InPerson "in-person",
    /// Another code.
    Resend "resend",
    /// Another address for the code.
    OtherAddress "other-address",
    /// By email instead.
    ByEmail "by-email",
    /// By text message instead.
    BySms "by-sms",
    /// Sends everything.
    Submit "submit",
    /// Asks for the newest state.
    Refresh "refresh",
    /// Puts the entry right that was wrong.
    FixEntry "fix-entry",
    /// Takes the portrait again that was wrong.
    FixPortrait "fix-portrait",
    /// Does not agree.
    Refuse "refuse",
    /// Registers.
    Enrol "enrol",
    /// Goes on with what was left.
    Resume "resume",
    /// Signs in.
    SignIn "sign-in",
    /// Another password.
    Recover "recover",
    /// Activates level 2.
    Activate "activate",
    /// How far it is.
    Status "status",
    /// Settings.
    Settings "settings",
    /// Ends the session.
    SignOut "sign-out",
    /// Locks the account.
    LockAccount "lock-account",
    /// Consents, export, deletion.
    Privacy "privacy",
    /// Withdraws a consent.
    Withdraw "withdraw",
    /// Asks for a copy of everything.
    Export "export",
    /// Asks for deletion.
    Delete "delete",
    /// Yes, really.
    Confirm "confirm",
    /// Language.
    Language "language",
    /// The app's own lock.
    AppLock "app-lock",
    /// Chooses a PIN.
    SetPin "set-pin",
    /// Without a lock.
    RemoveLock "remove-lock",
    /// Unlocks by face, finger, or the phone's own PIN.
    UseBiometric "use-biometric",
    /// The PIN instead.
    UsePin "use-pin",
    /// The PIN is forgotten.
    ForgotPin "forgot-pin",
    /// Unlocks.
    Unlock "unlock",
    /// The signal is gone: look again.
    LookAgain "look-again",
    /// The warning was read.
    Understood "understood",
}

names! {
    /// What is entered.
    FieldId, "field-", "-label":
    /// The personal number.
    IdNumber "id-number",
    /// The number before it.
    OldIdNumber "old-id-number",
    /// Full name.
    Name "name",
    /// Day of birth.
    BirthDate "birth-date",
    /// Sex.
    Sex "sex",
    /// Place of residence.
    Address "address",
    /// The card's day of issue.
    IssueDate "issue-date",
    /// Phone number.
    Phone "phone",
    /// Email.
    Email "email",
    /// A password.
    Password "password",
    /// The same again.
    PasswordAgain "password-again",
    /// The app's PIN.
    Pin "pin",
    /// The same again.
    PinAgain "pin-again",
}
