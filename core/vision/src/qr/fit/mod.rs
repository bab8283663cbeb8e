//! A symbol's grid over a picture: which version, where each module lies, and what it looks like.

mod alignment;
mod bend;
mod canvas;
mod climb;
mod equalise;
mod grid;
mod likeness;
mod patch;
mod sample;
mod score;
mod version;

pub(super) use canvas::Canvas;
pub(super) use climb::{Fit, fits};
pub(super) use equalise::equalised;
pub(super) use grid::Grid;
pub(super) use likeness::{Template, patch_about};
pub(super) use patch::Patch;
pub(super) use sample::{BORDER, Samples, Sampling};
