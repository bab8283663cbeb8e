//! A citizen who uses the app for tests: does what each page asks for, by its parts, until the page is there that is waited for.
//!
//! The holder knows no journey: whoever follows the pages gets to the end, or the test says on which page nobody gets on.

mod holder;
mod phone;
mod shell;

pub use holder::Holder;
pub use phone::{Installed, Service, service};
pub use shell::{Ended, Shell};
