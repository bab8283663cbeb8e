//! The server: TLS and HTTP before the pipeline.

mod connections;
mod exchange;
mod linger;
mod listen;
mod pages;
mod router;
mod tls;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::service::TowerToHyperService;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use exchange::Exchange;
pub(crate) use listen::listen;
pub(crate) use tls::acceptor;

use crate::faults::Faults;
use crate::pipeline::{self, Service};

/// How often what has expired is forgotten.
const CLEANING: Duration = Duration::from_secs(5);

/// Serves until `stop` says so.
pub(crate) async fn serve(
    service: Arc<Service>,
    listeners: Vec<TcpListener>,
    tls: TlsAcceptor,
    faults: Option<Faults>,
    stop: watch::Receiver<bool>,
) {
    let cleaning = tokio::spawn(clean(service.clone()));
    let router = TowerToHyperService::new(router::router(&service));
    connections::serve(listeners, tls, Arc::new(Exchange { service, router, faults }), stop).await;
    cleaning.abort();
}

async fn clean(service: Arc<Service>) {
    let mut tick = tokio::time::interval(CLEANING);
    loop {
        tick.tick().await;
        let of_job = service.clone();
        if let Err(broken) = service.writer.run(move |db| pipeline::clean(&of_job, db)).await {
            crate::note(format_args!("sandbox: cleaning: {broken}"));
        }
    }
}
