//! Schemas of wire types, gathered for the contract.

use utoipa::openapi::{Ref, RefOr, schema};
use utoipa::{PartialSchema, ToSchema};

/// Schemas by name, in the order they came.
pub(crate) type Gathered = Vec<(String, RefOr<schema::Schema>)>;

/// Adds a type's schemas, and returns a reference to its own.
pub(crate) type Schema = fn(&mut Gathered) -> RefOr<schema::Schema>;

/// The schema of `T`.
pub(crate) fn schema_of<T: ToSchema>(gathered: &mut Gathered) -> RefOr<schema::Schema> {
    gathered.push((T::name().into_owned(), <T as PartialSchema>::schema()));
    T::schemas(gathered);
    Ref::from_schema_name(T::name()).into()
}
