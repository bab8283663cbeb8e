//! The one luma that all decoders see: made by the core's own conversion, passed as a PGM file.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::picture::Picture;

/// One byte a pixel, rows without padding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Luma {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Luma {
    /// Of a picture of any kind that `citizen scan` reads.
    pub(crate) fn of(picture: &Path) -> Result<Self> {
        let picture = Picture::open(picture)?;
        let frame = picture.frame()?;
        let luma = frame.luma();
        let bytes = luma.rows().flatten().copied().collect();
        Ok(Self { width: u32::try_from(luma.width())?, height: u32::try_from(luma.height())?, bytes })
    }

    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let mut pgm = format!("P5 {} {} 255\n", self.width, self.height).into_bytes();
        pgm.extend_from_slice(&self.bytes);
        std::fs::write(file, pgm).with_context(|| file.display().to_string())
    }

    /// From a file that [`Self::write`] wrote.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let pgm = std::fs::read(file).with_context(|| file.display().to_string())?;
        Self::parse(&pgm).with_context(|| format!("not a PGM of this program: {}", file.display()))
    }

    fn parse(pgm: &[u8]) -> Result<Self> {
        let end = pgm.iter().position(|byte| *byte == b'\n').context("no header")?;
        let (header, bytes) = pgm.split_at(end + 1);
        let sizes = std::str::from_utf8(header)?.strip_prefix("P5 ").and_then(|rest| rest.strip_suffix(" 255\n"));
        let (width, height) = sizes.and_then(|sizes| sizes.split_once(' ')).context("not two sizes")?;
        let luma = Self { width: width.parse()?, height: height.parse()?, bytes: bytes.to_vec() };
        ensure!(luma.bytes.len() as u64 == u64::from(luma.width) * u64::from(luma.height), "cut off");
        Ok(luma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let luma = Luma::parse(b"P5 3 2 255\n\nbcdef").unwrap();
        assert_eq!(luma, Luma { width: 3, height: 2, bytes: b"\nbcdef".to_vec() });
        for bad in [&b""[..], b"P5 3 2 255", b"P5 3 2 255\nabcde", b"P6 1 1 255\na"] {
            assert!(Luma::parse(bad).is_err());
        }
    }
}
