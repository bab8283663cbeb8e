//! The transfer service: each step, everything it refuses, what ends by itself, and who hears of it.

mod accepting;
mod cooling;
mod deadlines;
mod ending;
mod endorsing;
mod freezing;
mod joining;
mod moving;
mod notices;
mod shipping;
mod taking_over;
