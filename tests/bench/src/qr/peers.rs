//! Other decoders in Rust, each with the settings that read most.

use std::collections::HashSet;

use anyhow::Result;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, Reader};

use crate::decoder::Decoder;
use crate::luma::Luma;

/// It has no settings.
pub(crate) struct Rqrr;

impl Decoder for Rqrr {
    fn look(&mut self, luma: &Luma, _begins: bool) -> Result<Vec<Vec<u8>>> {
        let (width, height) = (luma.width as usize, luma.height as usize);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| luma.bytes[y * width + x]);
        let read = |grid: rqrr::Grid<_>| {
            let mut bytes = Vec::new();
            grid.decode_to(&mut bytes).ok().map(|_| bytes)
        };
        Ok(image.detect_grids().into_iter().filter_map(read).collect())
    }
}

/// It has no settings.
#[derive(Default)]
pub(crate) struct Quircs {
    decoder: quircs::Quirc,
}

impl Decoder for Quircs {
    fn look(&mut self, luma: &Luma, _begins: bool) -> Result<Vec<Vec<u8>>> {
        let codes = self.decoder.identify(luma.width as usize, luma.height as usize, &luma.bytes);
        Ok(codes.filter_map(|code| Some(code.ok()?.decode().ok()?.payload)).collect())
    }
}

/// Tries harder, inverted too, for QR alone. Smaller copies of the picture read no more cards, and take twice as long.
pub(crate) struct Rxing;

impl Decoder for Rxing {
    fn look(&mut self, luma: &Luma, _begins: bool) -> Result<Vec<Vec<u8>>> {
        let hints = DecodeHints {
            PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
            TryHarder: Some(true),
            AlsoInverted: Some(true),
            ..DecodeHints::default()
        };
        let source = Luma8Source::new_with_slice(&luma.bytes, luma.width, luma.height)?;
        let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
        let read = MultiFormatReader::default().decode_with_hints(&mut image, &hints);
        Ok(read.into_iter().map(|code| code.getText().as_bytes().to_vec()).collect())
    }
}
