//! What a shell implements: drawing, doing, and saying how safe the moment is.

use citizen_journeys::{Page, Request, RiskReading};

/// The shell.
///
/// Called from one thread, in order, with no lock held: a method may call the app, shut it down, or let it go. It should hand its work to
/// the shell's own thread and return at once. After [`App::shutdown`](crate::App::shutdown) it is not called any more.
///
/// Every method returns something that can't be read from nothing: a Kotlin `Error` (not `Exception`) thrown in one crosses as an empty
/// success, and so surfaces as [`PlatformError::Unexpected`].
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Platform: Send + Sync {
    /// Draws a page in place of the one before. It is called only for one that differs.
    ///
    /// # Errors
    /// The page counts as not drawn: it comes again with the next thing that happens.
    fn render(&self, page: Page) -> Result<Handled, PlatformError>;

    /// Does something beside drawing.
    ///
    /// # Errors
    /// Nothing follows from it: the page says what the holder can do.
    fn perform(&self, request: Request) -> Result<Handled, PlatformError>;
}

/// Signals of scams, as the phone knows them.
///
/// Called from the same thread as [`Platform`], before whatever is decided: it must answer at once.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait RiskSignals: Send + Sync {
    /// As they are now.
    ///
    /// # Errors
    /// Every signal counts as unknown, which never hinders.
    fn read(&self) -> Result<RiskReading, PlatformError>;
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Handled {
    /// Done, or on its way to the screen.
    Done,
    /// The phone can't: it has no dialler, no vibration.
    Unable,
}

/// Why a shell did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum PlatformError {
    /// There is no screen at the moment.
    #[error("no screen at the moment")]
    NotNow,
    /// The shell's code broke. Its message stays there: it may hold anything.
    #[error("the shell's code broke")]
    Unexpected,
}

#[cfg(feature = "uniffi")]
impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}
