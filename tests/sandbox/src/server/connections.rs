//! Connections: accepted, encrypted, served, and at the end let go in peace.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::exchange::Exchange;
use super::linger::Lingering;

/// How long a client may take for TLS, and for the head of a request.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long connections are waited for at the end.
const GOODBYE_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest head of a request, in bytes, and the most headers: several times what a signed request has.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;
/// Requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 256;
/// After a failed accept, when the system has no file handles left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` says so, then finishes what is being answered.
pub(super) async fn serve(
    listeners: Vec<std::net::TcpListener>,
    tls: TlsAcceptor,
    exchange: Arc<Exchange>,
    stop: watch::Receiver<bool>,
) {
    let mut accepting = JoinSet::new();
    for listener in listeners {
        let Ok(listener) = TcpListener::from_std(listener) else {
            crate::note("sandbox: a socket can't be used");
            continue;
        };
        accepting.spawn(accept(listener, tls.clone(), exchange.clone(), stop.clone()));
    }
    while accepting.join_next().await.is_some() {}
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, exchange: Arc<Exchange>, mut stop: watch::Receiver<bool>) {
    let open = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let connection = connection(stream, tls.clone(), exchange.clone(), open.watcher());
                    connections.spawn(connection);
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => (),
            () = stopped(&mut stop) => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GOODBYE_TIMEOUT, open.shutdown()).await;
}

/// Returns once the service is to stop, or nobody is left to say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn connection(
    stream: TcpStream,
    tls: TlsAcceptor,
    exchange: Arc<Exchange>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers: none waits for the next.
    let _ = stream.set_nodelay(true);
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await else { return };
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .auto_date_header(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(MAX_HEAD as u32)
        .max_concurrent_streams(MAX_STREAMS)
        .auto_date_header(false);
    let service = hyper::service::service_fn(move |request| {
        let exchange = exchange.clone();
        async move { exchange.answer(request).await }
    });
    let connection = builder.serve_connection(TokioIo::new(Lingering::new(stream)), service).into_owned();
    // A client that breaks off is no fault of the service.
    let _ = watcher.watch(connection).await;
}
