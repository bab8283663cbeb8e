//! The one thing to tell somebody who takes a selfie.

/// One thing to change, or that all is well. In the order in which they are told: what hides the others comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SelfieHint {
    /// No face in view: bring it into the oval.
    NoFace,
    /// The picture is flat: wipe the lens, or take the finger off it.
    WipeLens,
    /// More than one face: be alone in the picture.
    OnlyYou,
    /// Too little light: turn to a window or a lamp.
    TooDark,
    /// Too much light: turn away from it.
    TooBright,
    /// The light comes from behind: turn round.
    Backlit,
    /// Come closer.
    ComeCloser,
    /// Move back.
    MoveBack,
    /// Bring the face to the middle of the oval.
    Centre,
    /// Hold the head upright.
    Straighten,
    /// Look straight into the camera.
    LookStraight,
    /// Blurred: hold the phone still, and wipe the lens.
    HoldStill,
    /// A lamp is mirrored on the face: turn a little.
    Glare,
    /// The lower face is covered: uncover nose and mouth.
    Uncover,
    /// Take the sunglasses off.
    RemoveSunglasses,
    /// Take the glasses off.
    RemoveGlasses,
    /// Open the eyes.
    OpenEyes,
    /// One half of the face is in shade: turn to the light.
    EvenLight,
    /// The light is coloured: try another lamp.
    NaturalLight,
    /// All is well: hold on, the picture takes itself.
    Good,
}

impl SelfieHint {
    /// How many there are.
    pub(super) const KINDS: usize = 20;

    const ALL: [(Self, &'static str); Self::KINDS] = [
        (Self::NoFace, "no_face"),
        (Self::WipeLens, "wipe_lens"),
        (Self::OnlyYou, "only_you"),
        (Self::TooDark, "too_dark"),
        (Self::TooBright, "too_bright"),
        (Self::Backlit, "backlit"),
        (Self::ComeCloser, "come_closer"),
        (Self::MoveBack, "move_back"),
        (Self::Centre, "centre"),
        (Self::Straighten, "straighten"),
        (Self::LookStraight, "look_straight"),
        (Self::HoldStill, "hold_still"),
        (Self::Glare, "glare"),
        (Self::Uncover, "uncover"),
        (Self::RemoveSunglasses, "remove_sunglasses"),
        (Self::RemoveGlasses, "remove_glasses"),
        (Self::OpenEyes, "open_eyes"),
        (Self::EvenLight, "even_light"),
        (Self::NaturalLight, "natural_light"),
        (Self::Good, "good"),
    ];

    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(hint, _)| hint)
    }

    /// A stable name for reports and tests.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.get(self.kind()).map_or("", |(_, id)| id)
    }

    /// Its place in the order, below [`Self::KINDS`].
    pub(super) fn kind(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_has_its_place_and_its_own_name() {
        let mut ids: Vec<_> = SelfieHint::all().map(SelfieHint::id).collect();
        assert!(SelfieHint::all().enumerate().all(|(place, hint)| hint.kind() == place));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), SelfieHint::KINDS);
    }
}
