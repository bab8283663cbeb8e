//! One decoder's answer to one picture, judged.

use anyhow::{Context, Result};
use serde_json::Value;

use super::decoder::Decoder;
use super::manifest::{self, Picture};

/// What a decoder made of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// Its place among the pictures.
    pub(super) picture: usize,
    pub(super) decoder: Decoder,
    /// Width and height.
    pub(super) size: (u64, u64),
    /// CPU time; `None` where the decoder died.
    pub(super) ms: Option<f64>,
    /// The expected text is among those read; in a picture without a code: nothing was read.
    pub(super) right: bool,
    /// All other texts that were read.
    pub(super) wrong: Vec<String>,
    pub(super) timed_out: bool,
    pub(super) died: bool,
}

impl Look {
    /// From a line of `bench-qr`.
    pub(super) fn parse(line: &str, pictures: &[Picture]) -> Result<Self> {
        let row: Value = serde_json::from_str(line)?;
        Self::of(&row, pictures).with_context(|| format!("not a line of `bench-qr`: {line}"))
    }

    fn of(row: &Value, pictures: &[Picture]) -> Option<Self> {
        let picture = usize::try_from(row["picture"].as_u64()?).ok()?;
        let expected = &pictures.get(picture)?.expected;
        let text = |hex: &Value| {
            let hex = hex.as_str()?;
            // Bytes that are no text stay in hexadecimal: whatever they are, they are not what was expected.
            Some(manifest::text(hex).unwrap_or_else(|| format!("bytes {hex}")))
        };
        let texts: Vec<String> = row["texts"].as_array()?.iter().map(text).collect::<Option<_>>()?;
        let (timed_out, died) = (row["timed_out"].as_bool()?, row["died"].as_bool()?);
        let nothing_there = expected.is_empty() && texts.is_empty() && !timed_out && !died;
        Some(Self {
            picture,
            decoder: Decoder::named(row["decoder"].as_str()?)?,
            size: (row["width"].as_u64()?, row["height"].as_u64()?),
            ms: row["ms"].as_f64(),
            right: nothing_there || texts.contains(expected),
            wrong: texts.into_iter().filter(|text| text != expected).collect(),
            timed_out,
            died,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(expected: &str, texts: &str, timed_out: bool) -> (bool, Vec<String>) {
        let file = "a.png".into();
        let pictures = [Picture { file, expected: expected.into(), set: "all".into(), begins: true }];
        let start = r#"{"picture":0,"width":9,"height":8,"decoder":"rqrr","ms":1.5,"#;
        let line = format!(r#"{start}"texts":[{texts}],"timed_out":{timed_out},"died":false}}"#);
        let look = Look::parse(&line, &pictures).unwrap();
        assert_eq!((look.decoder, look.size, look.ms), (Decoder::Rqrr, (9, 8), Some(1.5)));
        (look.right, look.wrong)
    }

    #[test]
    fn a_further_text_is_wrong_even_beside_the_right_one() {
        assert_eq!(look("A", "", false), (false, vec![]));
        assert_eq!(look("A", r#""410d0a""#, false), (true, vec![]));
        assert_eq!(look("A", r#""42","41","ff""#, false), (true, vec!["B".to_owned(), "bytes ff".to_owned()]));
    }

    #[test]
    fn in_a_picture_without_a_code_any_text_is_wrong() {
        assert_eq!(look("", "", false), (true, vec![]));
        assert_eq!(look("", "", true), (false, vec![]));
        assert_eq!(look("", r#""41""#, false), (false, vec!["A".to_owned()]));
    }

    #[test]
    fn other_lines_are_refused() {
        assert!(Look::parse("{}", &[]).is_err());
        assert!(Look::parse("rqrr", &[]).is_err());
    }
}
