//! The portrait (row R2): the guide's hints, further ways on as time passes, a camera that is not there.

mod page;
#[cfg(test)]
mod tests;
mod update;

use serde::{Deserialize, Serialize};

pub(crate) use page::{fault_page, page};
pub(crate) use update::{begin, told};

use crate::event::CameraFault;

/// While the camera looks. What it looks like is the guide's; this is what to say and to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The guide's newest hint, by its id.
    hint: Option<String>,
    /// How many further ways on it offers, 0 to 3.
    stage: u8,
    /// Less is asked of the picture.
    relaxed: bool,
    /// Why there is no picture from the camera.
    fault: Option<CameraFault>,
    /// The service could not use the last portrait.
    refused: bool,
}
