//! The QR of a citizen card, or of another phone's screen, in a frame.

mod code;
mod code_scanner;
mod deadline;
mod detect;
mod engine;
mod fit;
mod found;
mod hint;
mod modules;
mod reading;
mod scanner;
mod search;
mod session;
mod sight;
mod still;

#[cfg(feature = "grid-probe")]
pub(crate) fn read_grid(values: &[f32], size: usize) -> Option<Vec<u8>> {
    let layout = code::Layout::new(size.checked_sub(17)? / 4)?;
    Some(code::read(&layout, code::Modules::new(values, size)?)?.bytes)
}

pub use code_scanner::{CodeScan, CodeScanner};
pub use found::Code;
pub use hint::{ScanHint, Suggestions};
pub use modules::{Unread, module_darkness};
pub use scanner::{CardScanner, Look, Scan, ScannerError};
