//! Invented specimen cards, photographed under chosen conditions, with the truth of each frame.
//!
//! The way of a frame: [`Specimen`] (the record) -> [`Code`] (its QR symbol) -> [`Card`] (the printed face) ->
//! [`Shot`] (the conditions) -> [`photograph`] -> [`Photo`] (pixels, corners, text). [`catalogue()`](catalogue::catalogue)
//! names the frames that tests in all languages share; [`Ladder`] and [`HardBurst`] are the frames that scanners are measured
//! on; [`planes`] turns a frame into what cameras deliver.
//!
//! Everything follows from its seeds. The random draws are integers of PCG, so they are the same on each machine. Sines and
//! the JPEG codec may round differently between platforms, which moves a pixel by a grey level or so: compare
//! texts and corners across machines, bytes only on one.

#![cfg_attr(test, allow(clippy::float_cmp, reason = "tests compare values that are exact"))]

pub mod approach;
pub mod burst;
pub mod card;
pub mod catalogue;
pub mod code;
pub mod hard;
pub mod ladder;
pub mod letters;
pub mod photo;
pub mod planes;
pub mod selfie;
pub mod sheet;
pub mod shot;
pub mod specimen;
pub mod write;

mod canvas;
mod curl;
mod desk;
mod lens;
mod light;
mod nuisance;
mod paint;
mod place;
mod pose;
mod print;
mod random;
mod screen;
mod sensor;
mod stripes;

pub use approach::approach;
pub use burst::burst;
pub use card::Card;
pub use catalogue::{Scene, catalogue, scene};
pub use code::{Code, Level};
pub use hard::HardBurst;
pub use ladder::Ladder;
pub use photo::{Photo, photograph};
pub use sheet::Sheet;
pub use shot::Shot;
pub use specimen::Specimen;
