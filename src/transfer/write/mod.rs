//! Writes records into a project, in batches of one transaction each. Records no events: imported changes
//! happened elsewhere in the past and must not trigger webhooks again.

mod batch;
mod documents;
mod history;
mod identifications;
mod images;
mod proofings;
mod results;
mod sessions;
mod users;
mod verifications;

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use sea_orm::SqlErr;
use uuid::Uuid;

use self::batch::{Batch, Existing, KnownIds, given, insert, unless_erased, uuid};
use super::{Record, record::User};
use crate::{
    Error, Result,
    blob::Images,
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction},
};

/// Records per transaction.
pub const BATCH: usize = 500;

/// Outcome of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    New,
    Changed,
    /// An identical record exists already.
    Same,
    /// The record was rejected, with the reason.
    Refused(String),
}

/// The image store, and the limits of an image.
#[derive(Clone, Debug)]
pub struct Gallery {
    pub images: Images,
    /// Maximum bytes of an image.
    pub most_bytes: u64,
    /// Maximum pixels of an image.
    pub most_pixels: u64,
}

/// Writes the records of one project.
pub struct Writer {
    store: Store,
    vault: Vault,
    clock: Clock,
    gallery: Gallery,
    project: Uuid,
    /// Users that this run has imported as erased or restricted: their data in the source is imported with
    /// them. For other such users no data is stored.
    closed: Mutex<HashSet<Uuid>>,
    /// The transaction of a dry run, which is rolled back at the end.
    trial: Option<Transaction>,
}

impl Writer {
    /// Creates a writer for a project. Writes of a dry run (`trial`) are visible only to the writer and are
    /// rolled back at the end.
    pub async fn new(
        store: &Store,
        vault: &Vault,
        clock: &Clock,
        gallery: Gallery,
        project: Uuid,
        trial: bool,
    ) -> Result<Self> {
        // Before the transaction: a project's first key is created in a separate one.
        vault.project(project).await?;
        let trial = if trial { Some(store.begin().await?) } else { None };
        let (store, vault, clock) = (store.clone(), vault.clone(), clock.clone());
        let closed = Mutex::default();
        Ok(Self { store, vault, clock, gallery, project, closed, trial })
    }

    /// Writes records, which [`Record::key`] identifies: first rows in one transaction, then each image in a
    /// separate one, because checking an image takes too long to hold locks.
    ///
    /// # Errors
    ///
    /// If the database fails. Then no rows are written, or only some of the images.
    pub async fn write(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        let is_image = |record: &Record| matches!(record, Record::Image(_));
        let mut written = vec![WriteOutcome::Same; records.len()];
        if !records.iter().all(is_image) {
            written = self.rows(records).await?;
        }
        for (index, record) in records.iter().enumerate() {
            if let Record::Image(image) = record {
                written[index] = self.image(record, image).await?;
            }
        }
        Ok(written)
    }

    async fn rows(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        match self.try_to_write(records).await {
            Err(error) if clashes(&error) => {}
            written => return written,
        }
        // One record conflicts with a unique value of another row: write the records one by one, so that the
        // others succeed.
        let mut written = Vec::new();
        for record in records {
            written.push(match self.try_to_write(std::slice::from_ref(record)).await {
                Ok(of_one) => of_one.into_iter().next().unwrap_or(WriteOutcome::Same),
                Err(error) if clashes(&error) => WriteOutcome::Refused(
                    "another record of this project already has this `refId`, number, name or id".to_owned(),
                ),
                Err(error) => return Err(error),
            });
        }
        Ok(written)
    }

    async fn try_to_write(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        let mut batch = self.begin(records.len()).await?;
        batch.levels(records).await?;
        batch.users(records).await?;
        batch.identifications(records).await?;
        batch.sessions(records).await?;
        batch.documents(records).await?;
        batch.results(records).await?;
        batch.verifications(records).await?;
        batch.write_names().await?;
        batch.look_again(records).await?;
        // Last, because other transactions wait for the totals from here on.
        batch.proofings(records).await?;
        if batch.written.iter().any(|written| matches!(written, WriteOutcome::New | WriteOutcome::Changed)) {
            batch.audit().await?;
        }
        batch.transaction.commit().await?;
        Ok(batch.written)
    }

    async fn begin(&self, records: usize) -> Result<Batch<'_>> {
        let keys = self.vault.project(self.project).await?;
        let transaction = match &self.trial {
            None => self.store.begin().await?,
            Some(trial) => trial.begin_part().await?,
        };
        Ok(Batch::new(self, keys, transaction, records))
    }

    /// Remembers a user that is imported as erased or restricted.
    fn close(&self, user: Uuid) {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).insert(user);
    }

    fn has_closed(&self, user: Uuid) -> bool {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).contains(&user)
    }

    /// Rolls back a dry run.
    pub async fn end(self) -> Result<()> {
        if let Some(trial) = self.trial {
            trial.rollback().await?;
        }
        Ok(())
    }
}

/// Whether an error is a violation of a unique constraint.
fn clashes(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// The name of a user in the verification history: its client number.
pub(super) fn client(user: &User) -> Option<i64> {
    user.number.filter(|number| user.id == format!("client {number}"))
}

/// Rejection of a record whose user is erased or restricted.
const ERASED: &str = "`user`: this user is erased or restricted here: no data is stored for it";
