//! The connection of a transaction, and what waits to be sent on it.

use sea_orm::{DbErr, RuntimeErr};

use super::{deferred::Deferred, lease::Lease};

pub(super) struct Held {
    /// `None` once the transaction has ended.
    lease: Option<Lease>,
    /// Whether a statement failed in a way after which `PostgreSQL` commits nothing.
    pub(super) is_aborted: bool,
    pub(super) deferred: Deferred,
}

impl Held {
    pub(super) fn new(lease: Lease) -> Self {
        Self { lease: Some(lease), is_aborted: false, deferred: Deferred::default() }
    }

    pub(super) fn lease(&mut self) -> Result<&mut Lease, DbErr> {
        self.lease.as_mut().ok_or_else(ended)
    }

    /// Takes the connection, to end the transaction.
    pub(super) fn take(&mut self) -> Result<Lease, DbErr> {
        self.lease.take().ok_or_else(ended)
    }
}

fn ended() -> DbErr {
    DbErr::Exec(RuntimeErr::Internal("the transaction has ended".to_owned()))
}
