//! Listening on loopback, and nowhere else: what runs here knows no secrets of real people, and should not be mistaken for what does.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// Sockets on `127.0.0.1` and, where the computer has it, `::1`, on one port.
pub(crate) fn listen(port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let v4 = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let port = v4.local_addr()?.port();
    match bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        Ok(v6) => Ok((port, vec![v4, v6])),
        // `localhost` would lead some clients to whoever has that one.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        Err(_) => Ok((port, vec![v4])),
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
