//! Our CPU time as a ratio to zxing-cpp's in the same run: times alone are the machine's.

use super::decoder::Decoder;
use super::judge::Look;
use super::manifest::Picture;
use super::score::Times;

/// A camera's frame.
const FRAME: (u64, u64) = (1280, 720);

/// A ratio and what it should stay below.
#[derive(Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) name: &'static str,
    /// CPU ms.
    pub(super) ours: f64,
    /// CPU ms, zxing-cpp's.
    pub(super) theirs: f64,
    pub(super) limit: f64,
}

impl Measure {
    pub(super) fn ratio(&self) -> f64 {
        self.ours / self.theirs
    }
}

/// Those that these pictures allow.
pub(super) fn of(pictures: &[Picture], looks: &[Look]) -> Vec<Measure> {
    let (still, stream) = (of_decoder(looks, Decoder::Still), of_decoder(looks, Decoder::Stream));
    let theirs = of_decoder(looks, Decoder::ZxingCpp);
    let measure = |name, ours: Option<f64>, theirs: Option<f64>, limit| {
        Some(Measure { name, ours: ours?, theirs: theirs?, limit })
    };
    let both = |ours: &[&Look]| medians_of_read(pictures, ours, &theirs).unzip();
    let times = |looks: &[&Look], size: Option<(u64, u64)>| {
        let sized = looks.iter().filter(|look| size.is_none_or(|size| look.size == size));
        Times::of(sized.filter_map(|look| look.ms).collect())
    };
    let ((still_read, their_still_read), (stream_read, their_stream_read)) = (both(&still), both(&stream));
    let (stream_frames, their_frames) = (times(&stream, Some(FRAME)), times(&theirs, Some(FRAME)));
    let (stills, their_stills) = (times(&still, None), times(&theirs, None));
    let (frame_p95, still_p95) = (their_frames.map(|ms| ms.p95), their_stills.map(|ms| ms.p95));
    [
        measure("still: median of frames that both read", still_read, their_still_read, 1.2),
        measure("stream: median of frames that both read", stream_read, their_stream_read, 1.2),
        measure("stream: p95 of all frames", stream_frames.map(|ms| ms.p95), frame_p95, 6.0),
        measure("stream: dearest frame, to zxing-cpp's p95", stream_frames.map(|ms| ms.max), frame_p95, 12.0),
        measure("still: dearest picture of any size, to zxing-cpp's p95", stills.map(|ms| ms.max), still_p95, 40.0),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_decoder(looks: &[Look], decoder: Decoder) -> Vec<&Look> {
    looks.iter().filter(|look| look.decoder == decoder).collect()
}

/// Medians of ours and theirs over camera frames with a code that both read. Both lists have each picture, in the same
/// order.
fn medians_of_read(pictures: &[Picture], ours: &[&Look], theirs: &[&Look]) -> Option<(f64, f64)> {
    let counts = |ours: &Look, theirs: &Look| {
        let has_code = !pictures[ours.picture].expected.is_empty();
        has_code && ours.right && theirs.right && ours.size == FRAME
    };
    let both = ours.iter().zip(theirs).filter(|(ours, theirs)| counts(ours, theirs));
    let (ours, theirs): (Vec<_>, Vec<_>) = both.filter_map(|(ours, theirs)| Some((ours.ms?, theirs.ms?))).unzip();
    Some((Times::of(ours)?.median, Times::of(theirs)?.median))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Picture 2 is no camera frame, picture 3 has no code.
    fn pictures() -> Vec<Picture> {
        let picture = |text: &str| Picture { file: "x".into(), expected: text.into(), set: "all".into(), begins: true };
        ["A", "A", "A", ""].map(picture).into()
    }

    fn look(decoder: Decoder, picture: usize, ms: f64, right: bool) -> Look {
        let size = if picture == 2 { (90, 90) } else { FRAME };
        Look { picture, decoder, size, ms: Some(ms), right, wrong: Vec::new(), timed_out: false, died: false }
    }

    #[test]
    fn ratios_are_of_the_same_pictures() {
        let mut looks = Vec::new();
        for (picture, ours, theirs, both) in
            [(0, 3.0, 2.0, true), (1, 90.0, 5.0, false), (2, 400.0, 10.0, true), (3, 30.0, 1.0, true)]
        {
            looks.push(look(Decoder::Still, picture, ours, true));
            looks.push(look(Decoder::Stream, picture, ours, true));
            looks.push(look(Decoder::ZxingCpp, picture, theirs, both));
        }
        let ratios: Vec<_> = of(&pictures(), &looks).iter().map(|measure| measure.ratio().to_string()).collect();
        assert_eq!(ratios, ["1.5", "1.5", "18", "18", "40"]);
    }

    #[test]
    fn photos_have_no_ratio_of_frames() {
        let looks = [look(Decoder::Still, 2, 2.0, true), look(Decoder::ZxingCpp, 2, 1.0, true)];
        let measures = of(&pictures(), &looks);
        assert_eq!(measures.iter().map(|measure| measure.limit.to_string()).collect::<Vec<_>>(), ["40"]);
    }
}
