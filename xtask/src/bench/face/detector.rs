//! Those that are compared.

/// The pinned wheels.
pub(super) const OPENCV: &str = "4.14.0.94";
pub(super) const MEDIAPIPE: &str = "0.10.14";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detector {
    Still,
    FirstFrame,
    Haar,
    Lbp,
    Mediapipe,
}

impl Detector {
    pub(super) const ALL: [Self; 5] = [Self::Still, Self::FirstFrame, Self::Haar, Self::Lbp, Self::Mediapipe];

    /// As `bench-face` prints it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Still => "citizen still",
            Self::FirstFrame => "citizen first frame",
            Self::Haar => "haar",
            Self::Lbp => "lbp",
            Self::Mediapipe => "mediapipe",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detector| detector.name() == name)
    }

    pub(super) fn version(self) -> Option<&'static str> {
        match self {
            Self::Still | Self::FirstFrame => None,
            Self::Haar | Self::Lbp => Some(OPENCV),
            Self::Mediapipe => Some(MEDIAPIPE),
        }
    }

    pub(super) fn is_ours(self) -> bool {
        self.version().is_none()
    }
}
