//! What the phone's cameras see: a printed card in a hand, a face. The scanner and the guide of the core look at it.

mod card;
mod face;
mod marks;

use std::time::Duration;

use anyhow::{Context, Result};
use citizen_journeys::{CameraKind, Event, Request};
use image::{ExtendedColorType, RgbaImage};

pub(super) use card::CardCamera;
pub(super) use face::{FaceCamera, Faces};

/// From one frame to the next: a slow camera's.
const INTERVAL: Duration = Duration::from_millis(100);
/// Of pictures in the report.
const QUALITY: u8 = 82;

/// Something new before a camera.
pub(super) struct Seen {
    pub(super) what: What,
    /// JPEG: the frame with what the core found drawn on it, or the portrait.
    pub(super) picture: Vec<u8>,
}

/// What is reported to the app.
pub(super) enum What {
    /// Something to change.
    Hint { hint: &'static str, stage: u8 },
    /// A card.
    Card(citizen_card::CitizenCard),
    /// A portrait.
    Portrait(Vec<u8>),
}

impl Seen {
    fn portrait(jpeg: Vec<u8>) -> Self {
        Self { what: What::Portrait(jpeg.clone()), picture: jpeg }
    }
}

impl What {
    pub(super) fn event(&self, page: &str) -> Event {
        let page = page.to_owned();
        match self {
            Self::Hint { hint, stage } => Event::CameraHint { page, hint: (*hint).to_owned(), stage: *stage },
            Self::Card(card) => Event::CardRead { page, card: card.clone() },
            Self::Portrait(jpeg) => Event::Portrait { page, jpeg: jpeg.clone() },
        }
    }
}

/// Both cameras of the phone.
pub(super) struct Cameras {
    pub(super) card: CardCamera,
    pub(super) face: FaceCamera,
}

impl Cameras {
    /// Until there is something new; nothing once the hand or the face is gone.
    pub(super) fn look(&mut self, camera: CameraKind) -> Result<Option<Seen>> {
        match camera {
            CameraKind::Card => self.card.look(),
            CameraKind::Selfie => self.face.look(),
        }
    }

    /// The card or the face comes before the camera again.
    pub(super) fn restart(&mut self, camera: CameraKind) {
        match camera {
            CameraKind::Card => self.card.restart(),
            CameraKind::Selfie => self.face.restart(),
        }
    }

    /// What the app asks of a camera.
    pub(super) fn perform(&mut self, request: &Request) -> Option<Seen> {
        match request {
            Request::TakeNow => self.face.take_now(),
            Request::Relax => {
                self.face.relax();
                None
            }
            _ => None,
        }
    }
}

/// As a JPEG file.
pub(super) fn jpeg(picture: &RgbaImage) -> Result<Vec<u8>> {
    let rgb = image::DynamicImage::from(picture.clone()).into_rgb8();
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, QUALITY)
        .encode(&rgb, rgb.width(), rgb.height(), ExtendedColorType::Rgb8)
        .context("a picture for the report")?;
    Ok(file)
}
