//! How a machine answers.

/// What comes of an input that fits.
#[derive(Debug)]
pub(crate) enum Turn<S, O> {
    /// The machine goes on, in this state.
    To(S),
    /// It is done, with this.
    Done(O),
    /// The holder went back before its first page.
    Back,
}

impl<S, O> Turn<S, O> {
    /// The same within a larger machine.
    pub(crate) fn within<T>(self, wrap: impl FnOnce(S) -> T) -> Turn<T, O> {
        match self {
            Self::To(state) => Turn::To(wrap(state)),
            Self::Done(output) => Turn::Done(output),
            Self::Back => Turn::Back,
        }
    }
}

/// An input that does not fit: nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It speaks of a page or an effect that is gone.
    #[error("stale")]
    Stale,
    /// The page has no such action, field or choice, or not now.
    #[error("does not fit the page")]
    Here,
}
