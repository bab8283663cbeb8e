//! The QR of a citizen card in a frame.

mod code;
mod detect;
mod find;
mod fit;
mod hint;
mod scanner;

pub use find::Code;
pub use hint::ScanHint;
pub use scanner::{CardScanner, Look, Scan, ScannerError};
