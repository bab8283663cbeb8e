//! What goes out by text message and email: written into a table, which the desk lists word for word.

use citizen_protocol::wire::OtpChannel;
use rusqlite::params;

use super::accounts::Account;
use super::sql::{at, name};
use crate::work::{Ruling, Work};

/// Sends one. To nobody nothing is sent, by the same statement: that there is no account must not show in the time.
pub(super) fn send<'a>(
    work: &Work,
    channel: OtpChannel,
    address: impl Into<Option<&'a str>>,
    body: &str,
) -> Ruling<()> {
    work.change(
        "INSERT INTO messages (at, channel, address, body) SELECT ?1, ?2, ?3, ?4 WHERE ?3 IS NOT NULL",
        params![at(work.now), name(&channel)?, address.into(), body],
    )
    .map(drop)
}

/// Something that the holder must hear of, whoever did it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Notice {
    AccountMade,
    ApplicationDecided,
    PhoneBound,
    PhoneReset,
    KeysReplaced,
    PasswordChanged,
    RecoveryRefused,
    Locked,
    Unlocked,
    Activated,
    ActivationRefused,
    DeletionAsked,
    Deleted,
    MoveContested,
    MoveAccepted,
    MoveHeld,
    MoveDone,
    MoveStopped,
    Frozen,
    RecoveryHeld,
    RecoveryVetoed,
    PhoneRecoveryRefused,
}

impl Notice {
    /// Vietnamese without accents, so that it stays one kind of text message, then English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::AccountMade => ("Tai khoan dinh danh cua ban da duoc tao.", "Your e-ID account was made."),
            Self::ApplicationDecided => (
                "Ho so dang ky cua ban da co ket qua, hay mo ung dung.",
                "Your registration was decided: open the app.",
            ),
            Self::PhoneBound => {
                ("Tai khoan cua ban vua gan voi mot may moi.", "A new phone was bound to your account.")
            }
            Self::PhoneReset => {
                ("Can bo vua go may khoi tai khoan cua ban.", "An officer removed the phone from your account.")
            }
            Self::KeysReplaced => ("Khoa cua may vua duoc thay.", "The keys of your phone were replaced."),
            Self::PasswordChanged => ("Mat khau vua duoc dat lai.", "Your password was reset."),
            Self::RecoveryRefused => ("Yeu cau dat lai mat khau bi tu choi.", "A password reset was refused."),
            Self::Locked => ("Tai khoan cua ban da bi khoa.", "Your account was locked."),
            Self::Activated => {
                ("Tai khoan dinh danh muc 2 cua ban da duoc kich hoat.", "Your e-ID account was activated for level 2.")
            }
            Self::ActivationRefused => ("Yeu cau kich hoat bi tu choi.", "An activation was refused."),
            Self::DeletionAsked => {
                ("Yeu cau xoa tai khoan cua ban da duoc ghi nhan.", "The deletion of your account was asked for.")
            }
            Self::Deleted => ("Tai khoan cua ban da duoc xoa.", "Your account was deleted."),
            Self::MoveContested => (
                "Mot may khac da thu nhan tai khoan cua ban. Viec chuyen may da dung.",
                "Another phone tried to join the move of your account. The move was stopped.",
            ),
            Self::MoveAccepted => {
                ("Tai khoan cua ban sap chuyen sang may moi.", "Your account is about to move to a new phone.")
            }
            Self::MoveHeld => (
                "Tai khoan cua ban se chuyen sang may moi sau 24 gio.",
                "Your account will move to a new phone in 24 hours.",
            ),
            Self::MoveDone => ("Tai khoan cua ban da chuyen sang may moi.", "Your account has moved to a new phone."),
            Self::MoveStopped => ("Viec chuyen may da dung.", "The move to a new phone was stopped."),
            Self::Frozen => (
                "Tai khoan cua ban da bi dong bang. Hay den co quan cong an de mo lai.",
                "Your account is frozen: no phone is served until you come to an office.",
            ),
            Self::RecoveryHeld => (
                "Tai khoan cua ban se duoc khoi phuc tren may khac sau 72 gio.",
                "Your account will be recovered on another phone in 72 hours.",
            ),
            Self::RecoveryVetoed => (
                "May cua ban da tu choi khoi phuc tu xa. Hay den co quan cong an.",
                "Your phone objected to a recovery: from now on it takes an office.",
            ),
            Self::PhoneRecoveryRefused => (
                "Yeu cau khoi phuc tren may khac bi tu choi.",
                "A recovery of your account on another phone was refused.",
            ),
            Self::Unlocked => ("Tai khoan cua ban da duoc mo khoa.", "Your account was unlocked."),
        }
    }

    /// With a link to where it can be stopped.
    pub(super) fn body_with(self, link: &str) -> String {
        let (vietnamese, english) = self.words();
        format!("{vietnamese} {english}\nKhong phai ban? Not you? {link} / 19000368")
    }

    pub(super) fn body(self) -> String {
        let (vietnamese, english) = self.words();
        format!("{vietnamese} Neu khong phai ban: goi 19000368.\n{english} If this was not you: call 19000368.")
    }
}

/// Tells every address that there is.
pub(super) fn tell(work: &Work, sms: Option<&str>, email: Option<&str>, notice: Notice) -> Ruling<()> {
    let body = notice.body();
    for (channel, address) in [(OtpChannel::Sms, sms), (OtpChannel::Email, email)] {
        if let Some(address) = address {
            send(work, channel, address, &body)?;
        }
    }
    Ok(())
}

/// Tells an account's holder.
pub(super) fn tell_holder(work: &Work, account: &Account, notice: Notice) -> Ruling<()> {
    tell(work, account.sms.as_deref(), account.email.as_deref(), notice)
}
