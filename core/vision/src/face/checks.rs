//! What a good selfie must be, as a table; and what a frame lacks.

use super::compared::Compared;
use super::hint::SelfieHint;
use super::measure::eyes::CLOSED;
use super::measures::FaceMeasures;

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SelfieProfile {
    /// What a person at a desk can tell by.
    #[default]
    Normal,
    /// For phones and rooms where nothing else comes about: only what hides the face counts.
    Relaxed,
    /// Towards a portrait for a travel document (ICAO Doc 9303; ISO/IEC 39794-5, D.1).
    Strict,
}

/// Beyond `on` a check fails; it passes again within `off`, so that it does not flicker at its limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit {
    AtMost {
        on: f32,
        off: f32,
    },
    AtLeast {
        on: f32,
        off: f32,
    },
    /// Not asked for.
    Free,
}

/// One check: the hint that it gives, whether a picture may be taken in spite of it after a while, what is compared, and with what.
pub(super) struct Check {
    hint: SelfieHint,
    hard: bool,
    compared: Compared,
    /// Normal, relaxed, strict.
    limits: [Limit; 3],
}

const fn most(on: f32, off: f32) -> Limit {
    Limit::AtMost { on, off }
}

const fn least(on: f32, off: f32) -> Limit {
    Limit::AtLeast { on, off }
}

const HARD: bool = true;
const SOFT: bool = false;

const fn check(hint: SelfieHint, hard: bool, compared: Compared, limits: [Limit; 3]) -> Check {
    Check { hint, hard, compared, limits }
}

/// How many there are.
pub(super) const COUNT: usize = 19;

/// In the order in which they are told. Where a limit comes from stands with the measure; 70 and 90 pixels from eye to eye are the standard's
/// own, as are its margins in the strict column. Relaxed limits are those at which a desk could still tell a face.
pub(super) static CHECKS: [Check; COUNT] = {
    use Compared::{
        Backlight, EyesApart, EyesOpen, Glasses, IlluminationUniformity, InterEyeDistance, Light, Margin, Mask,
        NaturalColour, OffCentre, OverExposure, Roll, Sharpness, Sunglasses, Yaw,
    };
    use Limit::Free;
    use SelfieHint::{
        Backlit, Centre, ComeCloser, EvenLight, Glare, HoldStill, LookStraight, MoveBack, NaturalLight, OpenEyes,
        RemoveGlasses, RemoveSunglasses, Straighten, TooBright, TooDark, Uncover,
    };
    [
        check(TooDark, HARD, Light, [least(90.0, 97.0), least(55.0, 60.0), least(100.0, 108.0)]),
        check(TooBright, HARD, OverExposure, [most(0.20, 0.15), most(1.0, 0.8), most(0.10, 0.07)]),
        check(Backlit, SOFT, Backlight, [most(150.0, 135.0), Free, most(120.0, 108.0)]),
        check(ComeCloser, HARD, EyesApart, [least(0.17, 0.185), least(0.12, 0.13), least(0.19, 0.20)]),
        check(ComeCloser, HARD, InterEyeDistance, [least(70.0, 74.0), least(45.0, 48.0), least(90.0, 94.0)]),
        // What clearly covers the lower face moves the box too: it is told before the face's place is.
        check(Uncover, HARD, Mask, [most(4.5, 4.0), most(5.5, 5.0), most(4.5, 4.0)]),
        check(MoveBack, HARD, EyesApart, [most(0.40, 0.38), most(0.43, 0.41), most(0.30, 0.29)]),
        check(Centre, HARD, OffCentre, [most(1.0, 0.88), most(1.6, 1.45), most(0.8, 0.7)]),
        check(MoveBack, HARD, Margin, [Free, Free, least(1.0, 1.05)]),
        check(Straighten, SOFT, Roll, [most(12.0, 10.0), most(25.0, 22.0), most(8.0, 7.0)]),
        check(LookStraight, SOFT, Yaw, [most(15.0, 10.0), most(30.0, 25.0), most(8.0, 6.0)]),
        check(HoldStill, HARD, Sharpness, [least(0.080, 0.088), least(0.055, 0.060), least(0.088, 0.096)]),
        check(Glare, SOFT, Compared::Glare, [most(0.050, 0.040), most(0.20, 0.17), most(0.035, 0.028)]),
        // Before sunglasses, which are judged beside cheeks: a white mask makes all eyes dark.
        check(Uncover, HARD, Mask, [most(0.4, 0.1), most(1.3, 1.1), most(0.0, -0.3)]),
        check(RemoveSunglasses, HARD, Sunglasses, [most(0.42, 0.39), most(0.48, 0.45), most(0.40, 0.36)]),
        check(RemoveGlasses, SOFT, Glasses, [most(0.4, 0.0), Free, most(0.2, -0.2)]),
        check(OpenEyes, SOFT, EyesOpen, [least(CLOSED, CLOSED + 0.4), Free, least(7.4, 7.8)]),
        check(EvenLight, SOFT, IlluminationUniformity, [Free, Free, least(0.15, 0.18)]),
        check(NaturalLight, SOFT, NaturalColour, [Free, Free, most(10.0, 8.0)]),
    ]
};

/// Where a check of a profile fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelfieLimit {
    /// What it is about.
    pub check: SelfieHint,
    /// What is compared.
    pub compared: Compared,
    /// The limit.
    pub at: f32,
    /// Above it, rather than below it, the check fails.
    pub at_most: bool,
}

/// The limits of a profile, in the order in which their hints are told: for reports.
pub fn limits(profile: SelfieProfile) -> impl Iterator<Item = SelfieLimit> {
    CHECKS.iter().filter_map(move |check| {
        let (at, at_most) = match check.limit(profile) {
            Limit::AtMost { on, .. } => (on, true),
            Limit::AtLeast { on, .. } => (on, false),
            Limit::Free => return None,
        };
        Some(SelfieLimit { check: check.hint, compared: check.compared, at, at_most })
    })
}

/// A check that fails, and by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Failing {
    pub(super) hint: SelfieHint,
    pub(super) hard: bool,
    pub(super) compared: Compared,
    pub(super) value: f32,
    /// Where it passes.
    pub(super) limit: f32,
}

impl Failing {
    /// Too little light in a frame without a face: by how much, as for a face.
    pub(super) fn too_dark(light: f32, profile: SelfieProfile) -> Option<Self> {
        let measures = FaceMeasures { light, ..FaceMeasures::ZERO };
        CHECKS.iter().find(|check| check.hint == SelfieHint::TooDark)?.judge(&measures, profile, false)
    }
}

/// Which checks failed in the last frame: they pass again only within their inner limits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    failed: [bool; COUNT],
}

impl Memory {
    /// What a face lacks, in the order in which it is told.
    pub(super) fn judge(
        &mut self,
        measures: &FaceMeasures,
        profile: SelfieProfile,
    ) -> impl Iterator<Item = Failing> + use<> {
        let mut failing = [None; COUNT];
        for ((check, failed), slot) in CHECKS.iter().zip(&mut self.failed).zip(&mut failing) {
            *slot = check.judge(measures, profile, *failed);
            *failed = slot.is_some();
        }
        failing.into_iter().flatten()
    }
}

impl Check {
    fn limit(&self, profile: SelfieProfile) -> Limit {
        let [normal, relaxed, strict] = self.limits;
        match profile {
            SelfieProfile::Normal => normal,
            SelfieProfile::Relaxed => relaxed,
            SelfieProfile::Strict => strict,
        }
    }

    fn judge(&self, measures: &FaceMeasures, profile: SelfieProfile, failed: bool) -> Option<Failing> {
        let value = self.compared.of(measures)?;
        let (fails, limit) = match self.limit(profile) {
            Limit::Free => return None,
            Limit::AtMost { on, off } => {
                let limit = if failed { off } else { on };
                (value > limit, limit)
            }
            Limit::AtLeast { on, off } => {
                let limit = if failed { off } else { on };
                (value < limit, limit)
            }
        };
        fails.then_some(Failing { hint: self.hint, hard: self.hard, compared: self.compared, value, limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_passes_again_only_within_its_inner_limit() {
        for check in &CHECKS {
            for limit in check.limits {
                match limit {
                    Limit::AtMost { on, off } => assert!(off < on, "{:?}", check.hint),
                    Limit::AtLeast { on, off } => assert!(off > on, "{:?}", check.hint),
                    Limit::Free => {}
                }
            }
        }
    }

    #[test]
    fn the_limit_that_is_named_is_the_one_that_was_missed() {
        let mut memory = Memory::default();
        let mut light = |light| {
            let measures = FaceMeasures { light, ..FaceMeasures::ZERO };
            let failing =
                memory.judge(&measures, SelfieProfile::Normal).find(|failing| failing.hint == SelfieHint::TooDark);
            failing.map(|failing| (failing.compared.id(), failing.value, failing.limit))
        };
        assert_eq!(light(92.0), None);
        assert_eq!(light(80.0), Some(("light", 80.0, 90.0)));
        assert_eq!(light(92.0), Some(("light", 92.0, 97.0)));
        assert_eq!(light(98.0), None);
    }

    #[test]
    fn checks_are_told_in_the_order_of_their_hints_and_relaxed_ones_ask_for_less() {
        // Two hints have two checks each, one of them earlier or later.
        let twice = [SelfieHint::MoveBack.kind(), SelfieHint::Uncover.kind()];
        let places: Vec<_> =
            CHECKS.iter().map(|check| check.hint.kind()).filter(|kind| !twice.contains(kind)).collect();
        assert!(places.is_sorted(), "{places:?}");
        for check in &CHECKS {
            let [normal, relaxed, strict] = check.limits;
            let ordered = match (normal, relaxed, strict) {
                (Limit::AtMost { on: n, .. }, Limit::AtMost { on: r, .. }, Limit::AtMost { on: s, .. }) => {
                    r > n && n >= s
                }
                (Limit::AtLeast { on: n, .. }, Limit::AtLeast { on: r, .. }, Limit::AtLeast { on: s, .. }) => {
                    r < n && n <= s
                }
                (_, Limit::Free, _) => true,
                _ => false,
            };
            assert!(ordered, "{:?}", check.hint);
        }
    }
}
