//! What the rest of the core sees: typed tables, atomic changes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::StoreError;

/// The longest name of a row.
pub const MAX_NAME_BYTES: usize = 255;
/// The longest value.
pub const MAX_VALUE_BYTES: usize = 16 << 20;

/// A value's bytes, erased when they go.
pub type Value = Zeroizing<Vec<u8>>;

/// Rows that outlive kills: what is committed is there, whole, or its damage is said.
pub trait Store: Send + Sync {
    /// The value of a row.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn value(&self, tree: &'static str, name: &str) -> Result<Option<Value>, StoreError>;

    /// All rows of a tree, by name. A row whose own value is damaged says so and leaves the others alone.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn values(&self, tree: &'static str) -> Result<BTreeMap<String, Result<Value, StoreError>>, StoreError>;

    /// All of the changes or, after an error, none or all of them. Returns the vault's generation; once it returns, a kill
    /// takes nothing back.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn commit(&self, changes: Changes) -> Result<u64, StoreError>;
}

/// A table: a tree whose rows are all of one type. Declared once, as a constant.
pub struct Table<R> {
    tree: &'static str,
    row: PhantomData<fn() -> R>,
}

impl<R: Row> Table<R> {
    /// The table kept in `tree`: letters, digits and `_`.
    ///
    /// # Panics
    /// Another name does not compile, in a constant.
    #[must_use]
    pub const fn new(tree: &'static str) -> Self {
        let mut rest = tree.as_bytes();
        // The vault's own trees have a slash: a table can't take their place. Said while compiling.
        while let [byte, more @ ..] = rest {
            assert!(byte.is_ascii_alphanumeric() || *byte == b'_', "letters, digits and _");
            rest = more;
        }
        Self { tree, row: PhantomData }
    }
}

/// What a table's rows are: anything serde can write, or [`Bytes`].
pub trait Row: Sized {
    /// As bytes.
    ///
    /// # Errors
    /// `Unreadable` if the type can't be written.
    fn encode(&self) -> Result<Value, StoreError>;

    /// From bytes.
    ///
    /// # Errors
    /// `Unreadable` if they are not such a row.
    fn decode(value: &[u8]) -> Result<Self, StoreError>;
}

/// JSON: a later version can add fields with defaults.
impl<T: Serialize + DeserializeOwned> Row for T {
    fn encode(&self) -> Result<Value, StoreError> {
        // Measured first: a buffer that grows leaves copies behind that nobody erases.
        let mut length = Length(0);
        write(self, &mut length)?;
        let mut value = Zeroizing::new(Vec::with_capacity(length.0));
        write(self, &mut *value)?;
        Ok(value)
    }

    fn decode(value: &[u8]) -> Result<Self, StoreError> {
        citizen_encoding::json::read(value).map_err(|_| StoreError::Unreadable)
    }
}

/// Any writer, so that what writes a row is in the library once.
fn write(row: &impl Serialize, to: &mut dyn Write) -> Result<(), StoreError> {
    serde_json::to_writer(to, row).map_err(|_| StoreError::Unreadable)
}

/// Counts what is written.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A row that is bytes already: a picture, a finished message.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Value);

impl Row for Bytes {
    fn encode(&self) -> Result<Value, StoreError> {
        Ok(self.0.clone())
    }

    fn decode(value: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(Zeroizing::new(value.to_vec())))
    }
}

/// Typed reading, on every store.
pub trait Tables: Store {
    /// A row, if it is there.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn get<R: Row>(&self, table: &Table<R>, name: &str) -> Result<Option<R>, StoreError> {
        self.value(table.tree, name)?.map(|value| R::decode(&value)).transpose()
    }

    /// All rows of a table, by name, or the first error among them.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn all<R: Row>(&self, table: &Table<R>) -> Result<BTreeMap<String, R>, StoreError> {
        self.each(table)?.into_iter().map(|(name, row)| Ok((name, row?))).collect()
    }

    /// All rows of a table, by name, each by itself: one that is damaged does not hide the others.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn each<R: Row>(&self, table: &Table<R>) -> Result<BTreeMap<String, Result<R, StoreError>>, StoreError> {
        let rows = self.values(table.tree)?.into_iter();
        Ok(rows.map(|(name, value)| (name, value.and_then(|value| R::decode(&value)))).collect())
    }
}

impl<S: Store + ?Sized> Tables for S {}

/// The end of the account's ledger of devices, kept in each commit record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerHead {
    /// The entry's number.
    pub seq: u64,
    /// SHA-256 of the entry without its signature.
    pub hash: [u8; 32],
}

/// What one commit changes. Two changes of one row: the later counts.
#[derive(Default)]
pub struct Changes {
    pub(crate) rows: BTreeMap<(&'static str, String), Option<Value>>,
    pub(crate) ledger: Option<LedgerHead>,
}

impl Changes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a row.
    ///
    /// # Errors
    /// `TooLong` for the name or the value.
    pub fn put<R: Row>(mut self, table: &Table<R>, name: &str, row: &R) -> Result<Self, StoreError> {
        let value = row.encode()?;
        let fits = name.len() <= MAX_NAME_BYTES && value.len() <= MAX_VALUE_BYTES;
        fits.then_some(()).ok_or(StoreError::TooLong)?;
        self.rows.insert((table.tree, name.to_owned()), Some(value));
        Ok(self)
    }

    /// Deletes a row; none is there: no change.
    #[must_use]
    pub fn delete<R: Row>(mut self, table: &Table<R>, name: &str) -> Self {
        self.rows.insert((table.tree, name.to_owned()), None);
        self
    }

    /// Moves the ledger's head.
    #[must_use]
    pub fn ledger(mut self, head: LedgerHead) -> Self {
        self.ledger = Some(head);
        self
    }
}
