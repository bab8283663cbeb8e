//! Work that blocks: off the thread that calls wait on.

use std::any::Any;

use tokio::task::spawn_blocking;

type Work = Box<dyn FnOnce() -> Answer + Send>;
type Answer = Box<dyn Any + Send>;

/// Does it; none if it panicked. To the runtime all of it is of one type: what a runtime does about a task is in the library once.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let work: Work = Box::new(move || Box::new(work()));
    let answer = spawn_blocking(work).await.ok()?;
    answer.downcast().ok().map(|answer| *answer)
}
