//! A connection's end that lets the client hear the last answer, while it still sends what nobody wants (RFC 9112, 9.6).
//!
//! A socket that is closed with unread bytes is reset, and the client loses the answer that says why: too large, not signed. So the
//! writing half ends first, and what still comes is thrown away for a while.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// The most bytes that are thrown away: eight times the longest body.
const MOST: usize = 8 << 20;
/// No byte for so long: the client has read the answer, or never will.
const QUIET: Duration = Duration::from_millis(250);
/// As long as it takes at most.
const LONGEST: Duration = Duration::from_secs(5);

/// A stream that ends in this way.
pub(super) struct Lingering<S> {
    stream: S,
    end: Option<End>,
}

/// The writing half has ended.
struct End {
    thrown_away: usize,
    quiet: Pin<Box<Sleep>>,
    latest: Instant,
}

impl<S> Lingering<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, end: None }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<S> {
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, end } = &mut *self;
        if end.is_none() {
            ready!(Pin::new(&mut *stream).poll_shutdown(context))?;
        }
        let latest = Instant::now() + LONGEST;
        let end = end.get_or_insert_with(|| End { thrown_away: 0, quiet: Box::pin(sleep(QUIET)), latest });
        let mut bytes = [0; 4096];
        while end.thrown_away < MOST && Instant::now() < end.latest {
            let mut read = ReadBuf::new(&mut bytes);
            match Pin::new(&mut *stream).poll_read(context, &mut read) {
                Poll::Ready(Ok(())) if !read.filled().is_empty() => {
                    end.thrown_away += read.filled().len();
                    end.quiet.as_mut().reset(Instant::now() + QUIET);
                }
                // The client has ended it too.
                Poll::Ready(_) => break,
                Poll::Pending => {
                    ready!(end.quiet.as_mut().poll(context));
                    break;
                }
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lingering<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, bytes)
    }
}
