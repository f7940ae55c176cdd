use std::{ops::Deref, sync::Arc};

use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    body::Bodies,
    count::{CountPermit, Counts},
    error_format::ErrorFormat,
};
use crate::{
    Code, Error, Result,
    auth::{Caller, Signer, authenticator::Authenticator},
    services::Services,
};

/// What the REST APIs and the middleware share. Cheap to clone.
#[derive(Clone)]
pub struct ApiState(Arc<ApiParts>);

/// The parts of an [`ApiState`].
pub struct ApiParts {
    pub services: Arc<Services>,
    pub signer: Signer,
    pub callers: Authenticator,
    pub(super) in_flight: Arc<Semaphore>,
    pub(crate) per_credential: Counts<Uuid>,
    pub(crate) bodies: Bodies,
    /// The error format of a path.
    pub(crate) error_format: fn(&str) -> &'static ErrorFormat,
}

impl ApiState {
    /// The state of a server that has answered nothing yet.
    #[must_use]
    pub fn new(
        services: Services,
        signer: Signer,
        callers: Authenticator,
        error_format: fn(&str) -> &'static ErrorFormat,
    ) -> Self {
        let in_flight = usize::try_from(services.limits.in_flight).unwrap_or(Semaphore::MAX_PERMITS);
        Self(Arc::new(ApiParts {
            bodies: Bodies::new(services.limits.clone()),
            services: Arc::new(services),
            signer,
            callers,
            in_flight: Arc::new(Semaphore::new(in_flight)),
            per_credential: Counts::default(),
            error_format,
        }))
    }

    /// The same state with other services. Tokens are checked as before.
    #[must_use]
    pub fn with_services(&self, services: Services) -> Self {
        let ApiParts { services: _, signer, callers, in_flight, per_credential, bodies, error_format } =
            &*self.0;
        Self(Arc::new(ApiParts {
            services: Arc::new(services),
            signer: signer.clone(),
            callers: callers.clone(),
            in_flight: in_flight.clone(),
            per_credential: per_credential.clone(),
            bodies: bodies.clone(),
            error_format: *error_format,
        }))
    }

    /// Acquires a permit for one more request of a caller. Dropping it releases it.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] while the caller's credential is at its limit of requests in flight.
    pub fn acquire_permit(&self, caller: &Caller) -> Result<CountPermit<Uuid>> {
        let limit = self.limits.in_flight_per_credential;
        self.per_credential.acquire(caller.actor_id(), limit).ok_or_else(|| Error::Limit {
            what: "this credential has too many requests in flight".to_owned(),
            limit,
            setting: "in_flight_per_credential",
            code: Code::Overloaded,
        })
    }
}

impl Deref for ApiState {
    type Target = ApiParts;

    fn deref(&self) -> &ApiParts {
        &self.0
    }
}

impl Deref for ApiParts {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}
