//! What a rule did, counted instead of timed: each statement of the database and each slow function, in their order.

use std::cell::RefCell;

thread_local! {
    static DONE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes a statement, or `hmac` or `pbkdf2`.
pub(super) fn note(what: &str) {
    DONE.with_borrow_mut(|done| done.push(what.to_owned()));
}

/// Runs something on this thread, and tells what it did.
pub(super) fn of<T>(run: impl FnOnce() -> T) -> (T, Vec<String>) {
    DONE.with_borrow_mut(Vec::clear);
    let result = run();
    (result, DONE.take())
}
