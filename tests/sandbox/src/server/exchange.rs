//! One request and its answer: routed, with the headers that every answer has, and with a fault where one is asked for.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use citizen_protocol::wire::Code;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Request, StatusCode};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;

use crate::clock::http_date;
use crate::faults::{Fault, Faults};
use crate::pipeline::{Answer, Service, server_part};

/// What all connections share.
pub(super) struct Exchange {
    pub(super) service: Arc<Service>,
    pub(super) router: TowerToHyperService<Router>,
    pub(super) faults: Option<Faults>,
}

/// Ends a connection, or an HTTP/2 stream, without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the answer is lost, as asked for")]
pub(super) struct Lost;

impl Exchange {
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Result<Response, Lost> {
        let fault = self.faults.as_ref().and_then(Faults::next);
        let response = match fault {
            Some(Fault::Internal) => response(Code::Internal.into()),
            Some(Fault::Unavailable) => response(Code::Unavailable.into()),
            Some(Fault::Delay(by)) => {
                tokio::time::sleep(by).await;
                self.routed(request).await
            }
            Some(Fault::LostAnswer) => {
                self.routed(request).await;
                return Err(Lost);
            }
            Some(Fault::Truncated) => truncated(self.routed(request).await).await,
            None => self.routed(request).await,
        };
        Ok(self.with_headers(response))
    }

    async fn routed(&self, request: Request<Incoming>) -> Response {
        let answered: Result<Response, Infallible> = self.router.call(request).await;
        answered.unwrap_or_else(|never| match never {})
    }

    fn with_headers(&self, mut response: Response) -> Response {
        let now = self.service.clock.now();
        let nonce = server_part(&self.service.keys.mac, now);
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (name, value) in [(HeaderName::from_static("eid-nonce"), nonce), (DATE, http_date(now))] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// An answer as HTTP.
pub(super) fn response(answer: Answer) -> Response {
    let media_type = HeaderValue::from_static(answer.content.media_type());
    let retry_after_s = answer.retry_after_s;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    if let Some(seconds) = retry_after_s {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// The same answer, whose body breaks off in the middle.
async fn truncated(response: Response) -> Response {
    let (head, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let body = HalfBody { length: whole.len() as u64, half: Some(whole.slice(..whole.len() / 2)) };
    Response::from_parts(head, Body::new(body))
}

/// Announces all bytes, gives half of them, and fails.
struct HalfBody {
    length: u64,
    half: Option<Bytes>,
}

impl hyper::body::Body for HalfBody {
    type Data = Bytes;
    type Error = Lost;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Lost>>> {
        Poll::Ready(Some(self.half.take().map(Frame::data).ok_or(Lost)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
