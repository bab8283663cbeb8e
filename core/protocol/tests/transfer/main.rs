//! Moving to a new phone: the formats, the handshake, and everything that must be refused.

mod chunks;
#[path = "../common/mod.rs"]
mod common;
mod endorsement;
mod handshake;
mod messages;
mod qr;
mod receipt;
mod stock;
mod world;
