//! What is measured of a face. Each is a small pure function whose doc gives formula, unit, range, limit and source.
pub(super) mod colour;
pub(super) mod cover;
pub(super) mod eyes;
pub(super) mod framing;
pub(super) mod glare;
pub(super) mod glasses;
pub(super) mod light;
pub(super) mod sharpness;
