//! Every operation, by method and path. Requests are dispatched by this table, and the contract is written from it.

mod desk;
mod params;
mod phone;
mod route;
mod schema;
mod transfer;

pub(crate) use params::Params;
pub(crate) use route::{Access, Asker, Does, Gives, Number, Prepare, Prepared, Route, Takes};
pub(crate) use schema::{Gathered, schema_of};

/// All of them; of two operations on one path the names differ, and the methods.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = phone::routes();
    all.extend(transfer::routes());
    all.extend(desk::routes());
    all
}
