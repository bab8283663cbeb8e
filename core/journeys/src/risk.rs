//! Risk signals and what they mean for what the holder is about to do: the table of the security design, section 6.

use citizen_protocol::wire::UnixTime;
use serde::{Deserialize, Serialize};

use crate::support::Stop;

/// A signal, in the order of worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Signal {
    /// It is not so.
    No,
    /// The phone can't tell. It never waits and never refuses.
    #[default]
    Unknown,
    /// It is so.
    Yes,
}

/// What the phone says of itself at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RiskReading {
    /// A call is in progress.
    pub call: Signal,
    /// The screen is captured or shared.
    pub capture: Signal,
    /// Somebody controls the phone from afar.
    pub remote: Signal,
    /// Something lies over the app.
    pub overlay: Signal,
    /// An accessibility service that can act, and is no screen reader.
    pub accessibility: Signal,
    /// A debugger.
    pub debugger: Signal,
}

/// What the holder is about to do. Locking, stopping and asking for help are never hindered, so they are not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Guarded {
    /// Moving to a new phone; signing in on one, recovering, new keys count as this.
    Transfer,
    /// Entering a one-time code.
    OtpEntry,
    /// Activating level 2.
    Activation,
    /// Changing phone number or email.
    ContactChange,
    /// Showing facts to somebody.
    Share,
}

/// What comes of it, in the order of worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Go on.
    Allow,
    /// Say so, and go on once it was read.
    Warn,
    /// Not while it lasts.
    Wait,
    /// Not on this phone as it is.
    Refuse,
}

/// After a call it goes on as long, where somebody could be told what to do before hanging up.
pub(crate) const AFTER_CALL_S: u64 = 30;

/// Each signal, with what it stops somebody with.
fn signals(reading: RiskReading) -> [(Signal, Stop); 6] {
    [
        (reading.call, Stop::RiskCall),
        (reading.capture, Stop::RiskCapture),
        (reading.remote, Stop::RiskRemote),
        (reading.overlay, Stop::RiskOverlay),
        (reading.accessibility, Stop::RiskAccessibility),
        (reading.debugger, Stop::RiskDebugger),
    ]
}

/// The row of a signal that is there, for transfer, code, activation, contact change, share.
fn row(stop: Stop, is_production: bool) -> [Verdict; 5] {
    use Verdict::{Refuse, Wait, Warn};
    match stop {
        Stop::RiskCall => [Wait, Wait, Wait, Wait, Warn],
        Stop::RiskCapture => [Refuse, Warn, Warn, Refuse, Refuse],
        Stop::RiskRemote => [Refuse; 5],
        Stop::RiskOverlay => [Wait; 5],
        Stop::RiskDebugger if is_production => [Refuse; 5],
        _ => [Warn; 5],
    }
}

impl Guarded {
    /// All of them, in the table's order.
    pub const ALL: [Self; 5] = [Self::Transfer, Self::OtpEntry, Self::Activation, Self::ContactChange, Self::Share];

    /// The worst signal decides. What it was is said beside the verdict; nothing, where it is allowed.
    #[must_use]
    pub fn verdict(self, reading: &RiskReading, is_production: bool) -> Verdict {
        self.worst(*reading, is_production).map_or(Verdict::Allow, |(verdict, _)| verdict)
    }

    fn worst(self, reading: RiskReading, is_production: bool) -> Option<(Verdict, Stop)> {
        self.all(reading, is_production).into_iter().reduce(|worst, one| if one.0 > worst.0 { one } else { worst })
    }

    fn all(self, reading: RiskReading, is_production: bool) -> Vec<(Verdict, Stop)> {
        let there = signals(reading).into_iter().filter(|(signal, _)| *signal == Signal::Yes);
        there.map(|(_, stop)| (self.of(row(stop, is_production)), stop)).collect()
    }

    fn of(self, [transfer, code, activation, contact, share]: [Verdict; 5]) -> Verdict {
        match self {
            Self::Transfer => transfer,
            Self::OtpEntry => code,
            Self::Activation => activation,
            Self::ContactChange => contact,
            Self::Share => share,
        }
    }
}

/// What stands before a page: why, and whether reading it is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gate {
    pub(crate) verdict: Verdict,
    pub(crate) stop: Stop,
    /// When a call that is over has been over long enough.
    pub(crate) until: Option<UnixTime>,
}

/// What stands before this; `understood` are warnings that were read.
pub(crate) fn gate(
    guarded: Guarded,
    reading: RiskReading,
    is_production: bool,
    call_ends: Option<UnixTime>,
    understood: &[Stop],
) -> Option<Gate> {
    let call = if call_ends.is_some() { Signal::Yes } else { reading.call };
    let reading = RiskReading { call, ..reading };
    let found = guarded.all(reading, is_production).into_iter();
    let open = found.filter(|(verdict, stop)| *verdict > Verdict::Warn || !understood.contains(stop));
    let (verdict, stop) = open.reduce(|worst, one| if one.0 > worst.0 { one } else { worst })?;
    Some(Gate { verdict, stop, until: call_ends.filter(|_| stop == Stop::RiskCall) })
}

#[cfg(test)]
mod tests;
