//! The languages of the app.

/// A language that pages can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, which comes first.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order of a choice.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// Its tag after BCP 47, `vi` or `en`: also the name of its folder of texts.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// From a phone's tag, whatever follows the language in it: `vi`, `vi-VN`, `en_GB`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_s_tag_finds_its_language() {
        for (tag, language) in [("vi", Language::Vi), ("vi-VN", Language::Vi), ("EN_gb", Language::En)] {
            assert_eq!(Language::from_tag(tag), Some(language), "{tag}");
        }
        for tag in ["", "-", "vie", "fr-FR", "việt"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn vietnamese_comes_first() {
        assert_eq!(Language::default(), Language::Vi);
        assert_eq!(Language::ALL.first(), Some(&Language::Vi));
    }
}
