//! The vault from asynchronous code: it blocks, so its calls run on a thread for that.

use std::sync::Arc;

use citizen_vault::{Changes, Row, StoreError, Table, Tables, Vault};

use crate::aside::aside;
use crate::life::{Life, Moment};

/// A shared vault.
#[derive(Clone)]
pub(crate) struct Storage {
    pub(crate) vault: Arc<Vault>,
    pub(crate) life: Life,
}

impl Storage {
    /// Does something with the vault, off this thread.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let vault = Arc::clone(&self.vault);
        // It ends without an answer only by a panic, of the database.
        aside(move || work(&vault)).await.unwrap_or(Err(StoreError::Closed))
    }

    pub(crate) async fn get<R: Row + Send + 'static>(
        &self,
        table: &'static Table<R>,
        name: &str,
    ) -> Result<Option<R>, StoreError> {
        let name = name.to_owned();
        self.run(move |vault| vault.get(table, &name)).await
    }

    pub(crate) async fn commit(&self, changes: Changes) -> Result<(), StoreError> {
        self.life.reach(Moment::BeforePersist).await;
        let committed = self.run(|vault| citizen_vault::Store::commit(vault, changes)).await.map(drop);
        self.life.reach(Moment::AfterPersist).await;
        committed
    }
}
