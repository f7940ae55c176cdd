//! Members' passwords. A hash takes tens of milliseconds and 19 MiB, so a server computes few at once.

use std::sync::Arc;

use entity::{
    member::Model as Member,
    member_password::{ActiveModel, Column, Entity},
};
use passwords::{PasswordHasher, WeakPassword, check_strength};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::profile::Profile;
use crate::{CheckError, Code, Error, Result, clock::Clock, crypto::RootKey};

/// Hashes that a server computes at once.
const AT_ONCE: usize = 2;
/// Hashes that may wait.
const WAITING: usize = 16;

/// Computes the hashes of passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords(Arc<Parts>);

struct Parts {
    root: RootKey,
    running: Arc<Semaphore>,
    accepted: Arc<Semaphore>,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    /// Creates the hasher of an installation.
    #[must_use]
    pub fn new(root: RootKey) -> Self {
        let (running, accepted) = (Semaphore::new(AT_ONCE), Semaphore::new(AT_ONCE + WAITING));
        Self(Arc::new(Parts { root, running: Arc::new(running), accepted: Arc::new(accepted) }))
    }

    /// Checks that a password is hard to guess, also for those who know the person's name and address.
    ///
    /// # Errors
    ///
    /// Why it is weak, and what to do; [`Error::Limit`] while too many passwords are checked.
    pub async fn check(&self, password: &str, profile: &Profile) -> Result<(), CheckError<WeakPassword>> {
        let (password, profile) = (password.to_owned(), profile.clone());
        let personal = move || check_strength(&password, &[&profile.name, &profile.email]);
        self.run(personal).await?.map_err(CheckError::Rejected)
    }

    /// Returns the hash of a password.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] while too many hashes wait.
    pub async fn hash(&self, password: String) -> Result<String> {
        let pepper = self.0.root.password_pepper();
        let hash = move || PasswordHasher::new(pepper)?.hash(&password);
        self.run(hash).await?.map_err(|error| Error::Fault(error.text()))
    }

    /// Returns whether a password matches a hash. Without a hash it takes as long and returns `false`.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] while too many hashes wait.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let pepper = self.0.root.password_pepper();
        let verify = move || PasswordHasher::new(pepper)?.verify(&password, hash.as_deref());
        self.run(verify).await?.map_err(|error| Error::Fault(error.text()))
    }

    /// Runs work that takes long on a thread of its own.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let accepted = self.0.accepted.clone().try_acquire_owned().map_err(|_| Error::Limit {
            what: "too many passwords are being checked".to_owned(),
            limit: (AT_ONCE + WAITING) as u64,
            setting: "in_flight",
            code: Code::Overloaded,
        })?;
        let running = self.0.running.clone().acquire_owned().await;
        // The permits belong to the work, which goes on if the request is dropped.
        let work = tokio::task::spawn_blocking(move || {
            let _permits = (accepted, running);
            work()
        });
        work.await.map_err(|_| Error::Fault("the task of a password panicked"))
    }
}

/// Stores the hash of a member's password.
pub async fn set(db: &impl ConnectionTrait, clock: &Clock, member: Uuid, hash: String) -> Result<()> {
    let row = ActiveModel { member_id: Set(member), hash: Set(hash), changed_at: Set(clock.now()) };
    let update =
        OnConflict::column(Column::MemberId).update_columns([Column::Hash, Column::ChangedAt]).to_owned();
    Entity::insert(row).on_conflict(update).exec_without_returning(db).await?;
    Ok(())
}

/// Returns the hash of a member's password, if it has one. The statement is sent without a member too: on a busy
/// database the time of an answer would tell whether the address is known.
pub async fn of(db: &impl ConnectionTrait, member: Option<&Member>) -> Result<Option<String>> {
    let id = member.map_or(Uuid::nil(), |member| member.id);
    Ok(Entity::find_by_id(id).one(db).await?.map(|row| row.hash))
}
