//! A network that drops, duplicates, delays, reorders, truncates and resets, by seed: a proxy on loopback, below TLS.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use rand::RngExt;
use rand_pcg::Pcg32;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What can happen to what was just read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Drop,
    Duplicate,
    Delay,
    Reorder,
    Truncate,
    Reset,
}

const FAULTS: [Fault; 6] = [Fault::Drop, Fault::Duplicate, Fault::Delay, Fault::Reorder, Fault::Truncate, Fault::Reset];

/// How often each happened.
#[derive(Default)]
pub(crate) struct Counts([AtomicU64; FAULTS.len()]);

impl std::fmt::Display for Counts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (fault, count) in FAULTS.iter().zip(&self.0) {
            write!(out, "{:?} {}  ", fault, count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}

impl Counts {
    fn count(&self, fault: Fault) {
        if let Some((_, count)) = FAULTS.iter().zip(&self.0).find(|(known, _)| **known == fault) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The proxy, before it knows where to.
pub(crate) struct Chaos {
    listener: TcpListener,
    pub(crate) counts: Arc<Counts>,
    /// While set, it only carries.
    pub(crate) calm: Arc<AtomicBool>,
}

impl Chaos {
    /// Listens on a free port.
    pub(crate) async fn bind() -> Result<Self> {
        Ok(Self {
            listener: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
            counts: Arc::default(),
            calm: Arc::default(),
        })
    }

    /// The port that clients connect to.
    pub(crate) fn port(&self) -> Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// Carries connections to `service` until it is dropped; one of `one_in` readings meets a fault.
    pub(crate) async fn run(self, service: SocketAddr, seed: u64, one_in: u32) {
        let mut connections = JoinSet::new();
        for number in 0_u64.. {
            let Ok((client, _)) = self.listener.accept().await else { continue };
            let (counts, calm) = (Arc::clone(&self.counts), Arc::clone(&self.calm));
            connections.spawn(async move {
                // A service that is gone is one more way for a network to fail.
                let Ok(server) = TcpStream::connect(service).await else { return };
                let (client_in, client_out) = client.into_split();
                let (server_in, server_out) = server.into_split();
                let way = |direction: u64| Way {
                    random: Pcg32::new(seed, (number << 1) | direction),
                    one_in,
                    counts: &counts,
                    calm: &calm,
                };
                // Whichever way ends first ends both.
                tokio::select! {
                    () = way(0).carry(client_in, server_out) => {}
                    () = way(1).carry(server_in, client_out) => {}
                }
            });
            while connections.try_join_next().is_some() {}
        }
    }
}

/// One direction of one connection.
struct Way<'a> {
    random: Pcg32,
    one_in: u32,
    counts: &'a Counts,
    calm: &'a AtomicBool,
}

impl Way<'_> {
    async fn carry(mut self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut buffer = [0; 8192];
        let mut held: Option<Vec<u8>> = None;
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            let bytes = buffer.get(..read).unwrap_or_default();
            let fault = self.fault();
            if let Some(fault) = fault {
                self.counts.count(fault);
            }
            let sent = match fault {
                Some(Fault::Drop) => Ok(()),
                Some(Fault::Duplicate) => to.write_all(&[bytes, bytes].concat()).await,
                Some(Fault::Delay) => {
                    tokio::time::sleep(Duration::from_millis(self.random.random_range(1..400))).await;
                    to.write_all(bytes).await
                }
                Some(Fault::Reorder) if held.is_none() => {
                    held = Some(bytes.to_vec());
                    continue;
                }
                // A second one in a row lets the first go as well.
                None | Some(Fault::Reorder) => to.write_all(bytes).await,
                Some(Fault::Truncate) => {
                    let _ = to.write_all(bytes.get(..read / 2).unwrap_or_default()).await;
                    return;
                }
                Some(Fault::Reset) => {
                    // Without lingering the close is a reset.
                    let _ = to.as_ref().set_zero_linger();
                    let _ = from.as_ref().set_zero_linger();
                    return;
                }
            };
            let late = held.take();
            let sent = match (sent, late) {
                (Ok(()), Some(late)) => to.write_all(&late).await,
                (sent, _) => sent,
            };
            if sent.is_err() {
                return;
            }
        }
    }

    fn fault(&mut self) -> Option<Fault> {
        let hit = self.random.random_ratio(1, self.one_in) && !self.calm.load(Ordering::Relaxed);
        hit.then(|| FAULTS.get(self.random.random_range(0..FAULTS.len())).copied()).flatten()
    }
}
