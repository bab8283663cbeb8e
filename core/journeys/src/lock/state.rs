//! Where the lock stands. What kind it is, is shared: the settings show it.

use citizen_protocol::wire::UnixTime;
use serde::{Deserialize, Serialize};

use crate::shared::work::Work;
use crate::trouble::Trouble;
use crate::world::Now;

/// What unlocks the app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Nothing: it is open.
    #[default]
    Off,
    /// A PIN of the app's own.
    Pin,
    /// The phone's own lock: face, finger, or its PIN.
    Biometric,
}

/// The lock.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(super) at: At,
    /// Whether there is a PIN, also beside the biometric.
    pub(super) has_pin: bool,
    /// Wrong PINs since the last right one, and one that is being compared.
    pub(super) tries: u32,
    /// No PIN is taken before the phone is up for so many seconds: its clock can be set.
    pub(super) until_s: Option<u64>,
    /// Whether the app is out of sight.
    pub(super) is_hidden: bool,
}

/// Where it stands.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum At {
    /// The app is open, in front.
    #[default]
    Open,
    /// It is open still, out of sight since then.
    Away { since: UnixTime },
    /// A PIN is entered.
    Pin { said: Option<PinSaid> },
    /// The PIN is compared.
    Checking { work: Work },
    /// After too many wrong ones no PIN is taken for a while.
    Waiting,
    /// The phone is asked who holds it, once the holder taps: a prompt of its own would hide the app and close the lock again.
    Biometric { said: Option<Trouble> },
    /// It asks.
    Prompting { work: Work },
    /// The phone has no lock of its own any more.
    NoScreenLock,
    /// What it means to have forgotten the PIN.
    Forgot,
    /// The session ends.
    SigningOut { work: Work },
    /// All is gone: home, without anything of before.
    Ended,
}

/// What is said about a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PinSaid {
    /// It was wrong.
    Wrong,
    /// It has six digits.
    Short,
    /// It is to be entered again: it was not kept, or there is nothing to compare it with.
    Gone,
}

/// From this wrong PIN on they cost time: so many seconds, and every further one as many as the last.
const FREE_TRIES: u32 = 5;
const WAITS_S: [u64; 5] = [30, 60, 300, 900, 3_600];

impl State {
    /// Whether the app is behind it.
    pub(crate) fn is_locked(&self) -> bool {
        !matches!(self.at, At::Open | At::Away { .. })
    }

    /// Whether there is a PIN, and how many wrong ones there were; more than a handful are one.
    #[cfg(feature = "rehearsal")]
    pub(crate) fn pin(&self) -> (bool, u32) {
        (self.has_pin, self.tries.min(FREE_TRIES + 1))
    }

    /// Whether everything of before is to go.
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.at, At::Ended)
    }

    /// When the page changes by itself.
    pub(crate) fn wake(&self, now: &Now) -> Option<UnixTime> {
        match self.at {
            At::Waiting => self.waits_s(now).map(|wait| now.time.plus(wait)),
            At::Away { since } => Some(since.plus(super::update::AWAY_S)),
            At::Biometric { said } => said.and_then(|trouble| trouble.until),
            At::Checking { work } | At::Prompting { work } | At::SigningOut { work } => work.wake(),
            At::Open | At::Pin { .. } | At::NoScreenLock | At::Forgot | At::Ended => None,
        }
    }

    /// With another try, which is not known to be right.
    pub(super) fn tried(&self, now: &Now) -> Self {
        let tries = self.tries.saturating_add(1);
        Self { tries, until_s: cost_s(tries).map(|cost| now.uptime_s.saturating_add(cost)), ..*self }
    }

    /// How long no PIN is taken yet.
    pub(super) fn waits_s(&self, now: &Now) -> Option<u64> {
        self.until_s?.checked_sub(now.uptime_s).filter(|left| *left > 0)
    }

    /// A phone that was started again makes nobody wait longer than the tries cost.
    pub(super) fn capped(self, now: &Now) -> Self {
        let longest = now.uptime_s.saturating_add(cost_s(self.tries).unwrap_or(0));
        Self { until_s: self.until_s.map(|until| until.min(longest)), ..self }
    }

    /// Open: away, if nobody sees it.
    pub(super) fn opened(&self, now: &Now) -> Self {
        let at = if self.is_hidden { At::Away { since: now.time } } else { At::Open };
        Self { at, tries: 0, until_s: None, ..*self }
    }

    /// How many more cost nothing.
    pub(super) fn free_left(&self) -> u32 {
        FREE_TRIES.saturating_sub(self.tries)
    }
}

/// What so many wrong tries cost.
fn cost_s(tries: u32) -> Option<u64> {
    let beyond = usize::try_from(tries.checked_sub(FREE_TRIES)?).ok()?;
    WAITS_S.get(beyond).or(WAITS_S.last()).copied()
}
