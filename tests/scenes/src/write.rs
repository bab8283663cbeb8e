//! Frames as files.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::pnm::{PnmEncoder, PnmSubtype, SampleEncoding};
use image::{GrayImage, ImageFormat, ImageResult};

use crate::photo::Photo;
use crate::planes::luma;

/// Quality of JPEG files: high, the frame's own losses shall dominate.
const JPEG_QUALITY: u8 = 92;

impl Photo {
    /// Saves the frame by the path's extension: `.png` and `.jpg` in colour, `.pgm` (binary, P5) as luma.
    ///
    /// # Errors
    /// The extension is another one, or the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> ImageResult<()> {
        let path = path.as_ref();
        let format = ImageFormat::from_path(path)?;
        match format {
            ImageFormat::Pnm => pgm(&luma(&self.image), path),
            ImageFormat::Jpeg => {
                self.image.write_with_encoder(JpegEncoder::new_with_quality(create(path)?, JPEG_QUALITY))
            }
            _ => self.image.save_with_format(path, format),
        }
    }
}

/// Saves a grey picture as a binary PGM (P5).
///
/// # Errors
/// The file cannot be written.
pub fn pgm(image: &GrayImage, path: &Path) -> ImageResult<()> {
    let greymap = PnmSubtype::Graymap(SampleEncoding::Binary);
    image.write_with_encoder(PnmEncoder::new(create(path)?).with_subtype(greymap))
}

fn create(path: &Path) -> ImageResult<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path)?))
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, RgbImage};

    use super::*;

    #[test]
    fn a_frame_is_saved_in_the_format_of_its_extension() {
        let photo = Photo { image: RgbImage::new(3, 2), corners: [[0.0; 2]; 4], text: String::new() };
        let folder = std::env::temp_dir().join(format!("citizen-scenes-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, grey) in [("frame.png", false), ("frame.jpg", false), ("frame.pgm", true)] {
            photo.save(folder.join(name)).unwrap();
            let loaded = image::open(folder.join(name)).unwrap();
            assert_eq!((loaded.width(), loaded.height()), (3, 2));
            assert_eq!(matches!(loaded, DynamicImage::ImageLuma8(_)), grey);
        }
        assert!(photo.save(folder.join("frame.txt")).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
