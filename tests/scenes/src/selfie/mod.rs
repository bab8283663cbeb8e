//! Selfies: a portrait whose landmarks are known, dressed, lit and photographed anew under chosen conditions.
//!
//! The way of a frame: [`Sitter`] (a portrait and where its eyes are) -> [`SelfieShot`] (the conditions) -> [`photograph()`] ->
//! the frame. [`Trouble`] is what can be wrong with one, each from just visible to hopeless.
//!
//! The one portrait that the project may use is NASA's of an astronaut (public domain), as scikit-image ships it; `cargo xtask`
//! takes it out of that wheel. It is never committed.

mod cover;
mod faceless;
mod hold;
mod light;
mod photograph;
mod place;
mod shot;
mod sitter;
mod skin;
mod trouble;

pub use cover::{Cover, Fabric, Frames};
pub use faceless::faceless;
pub use hold::{held, held_faceless, hold};
pub use photograph::photograph;
pub use shot::SelfieShot;
pub use sitter::{Landmarks, Sitter, astronaut, astronaut_file};
pub use trouble::Trouble;
