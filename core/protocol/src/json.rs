//! JSON of strangers: bounded before it is parsed, and no word of it in an error.

use serde::de::DeserializeOwned;

/// The longest body, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The most arrays and objects inside each other.
pub const MAX_DEPTH: usize = 32;

/// Why a body is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Over [`MAX_BYTES`].
    #[error("over {MAX_BYTES} bytes")]
    TooLarge,
    /// No UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Over [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// No JSON, or something behind it.
    #[error("not one JSON value")]
    Syntax,
    /// JSON, and not what the contract says: a field is missing, twice there, unknown in a request, or of another type.
    #[error("not what the contract says")]
    Shape,
}

/// Reads one value and nothing behind it.
///
/// # Errors
/// See [`JsonError`].
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    if bytes.len() > MAX_BYTES {
        return Err(JsonError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| JsonError::NotUtf8)?;
    if depth(text) > MAX_DEPTH {
        return Err(JsonError::TooDeep);
    }
    // The parser's own message may quote the text: it ends here.
    // As the vault reads its rows: what reads a type is in the library once.
    citizen_encoding::json::read(bytes)
        .map_err(|error| if error.is_data() { JsonError::Shape } else { JsonError::Syntax })
}

/// The deepest nesting of brackets outside of strings. Of text that is no JSON it may say anything: the parser refuses it.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                open += 1;
                deepest = deepest.max(open);
            }
            b']' | b'}' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
