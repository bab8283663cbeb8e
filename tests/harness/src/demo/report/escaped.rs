//! Text in HTML.

/// As text or as an attribute's value: anybody may have written it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escaped("<b a=\"1\"> & c"), "&lt;b a=&quot;1&quot;&gt; &amp; c");
    }
}
