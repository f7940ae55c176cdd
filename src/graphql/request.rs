use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use async_graphql::Context;
use document_guard::{Document, FieldErrors};

use super::loader::Loaders;
use crate::{
    Error, Result,
    auth::{Caller, policy::Policy},
    clock::Clock,
    db::Store,
    idempotency::RequestTime,
    op_context::OpContext,
    services::Services,
};

/// Data of one GraphQL request, for its resolvers.
pub struct Request {
    pub caller: Caller,
    /// Clock of the caller's project.
    pub clock: Clock,
    pub document: Arc<Document>,
    started_at: Instant,
    services: Arc<Services>,
    pub(super) loaders: Loaders,
    started: AtomicBool,
    pub(super) field_errors: FieldErrors,
}

impl Deref for Request {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

impl Request {
    /// Creates a request that has not started.
    #[must_use]
    pub fn new(caller: Caller, document: Arc<Document>, services: Arc<Services>) -> Self {
        let (started, field_errors) = (AtomicBool::new(false), FieldErrors::default());
        let clock = services.clocks.of(&caller.project);
        let started_at = Instant::now();
        let loaders = Loaders::default();
        Self { caller, clock, document, started_at, services, loaders, started, field_errors }
    }

    /// Time at which the client's request arrived.
    #[must_use]
    pub const fn started_at(&self) -> Instant {
        self.started_at
    }

    /// The services of the server.
    #[must_use]
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Who may do what.
    #[must_use]
    pub fn policy(&self) -> &'static Policy {
        self.services.policy
    }

    /// What an operation of the store works with.
    #[must_use]
    pub fn op(&self) -> OpContext<'_> {
        OpContext { store: &self.store, vault: &self.vault, caller: &self.caller, clock: &self.clock }
    }

    /// When the request arrived, and how long it may take.
    #[must_use]
    pub fn time(&self) -> RequestTime {
        RequestTime { started_at: self.started_at, seconds: self.limits.query_seconds }
    }

    /// The machine's clock, for times that the outside world checks, such as the expiry of a URL that is
    /// valid for a minute.
    #[must_use]
    pub fn machine_clock(&self) -> &Clock {
        &self.services.clock
    }

    /// Clears the values that were loaded before a mutation changed them. Mutations run one after the other,
    /// each with all fields of its result, so no load is pending.
    pub fn invalidate_loaders(&self) {
        self.loaders.clear();
    }

    /// Marks the start of the document's execution.
    pub(crate) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// Whether the document passed validation and its execution started. Errors before that are returned
    /// without `data`.
    #[must_use]
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }
}

/// Access to the request's data from a resolver's context.
pub trait ContextExt<'a> {
    /// Returns the data of the request.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn request(&self) -> Result<&'a Request>;

    /// Returns the caller of the request.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn caller(&self) -> Result<&'a Caller> {
        Ok(&self.request()?.caller)
    }

    /// Returns the store.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn store(&self) -> Result<&'a Store> {
        Ok(&self.request()?.store)
    }
}

impl<'a> ContextExt<'a> for Context<'a> {
    fn request(&self) -> Result<&'a Request> {
        let request = self.data_opt::<Arc<Request>>().map(AsRef::as_ref);
        request.ok_or(Error::Fault("a resolver ran outside of a request"))
    }
}
