use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::Context;
use entity::event;
use tokio::sync::OnceCell;

use crate::{
    Error, Result,
    graphql::{ContextExt, loader::Batched},
    schema::POLICY,
};

/// An event for which documents of subscriptions run. Shared by all subscribers of this server.
#[derive(Debug)]
pub struct DeliveredEvent {
    pub event: event::Model,
    /// Values that subscribers with one scope may see, loaded once for all of them.
    found: Mutex<HashMap<Scope, Found>>,
}

/// Cache key: type of the loader's key, and the tag limits of the caller. The project is that of the event.
type Scope = (TypeId, Option<Vec<String>>);
type Found = Arc<OnceCell<Box<dyn Any + Send + Sync>>>;

impl DeliveredEvent {
    /// Creates an event without loaded values.
    #[must_use]
    pub fn new(event: event::Model) -> Self {
        Self { event, found: Mutex::default() }
    }

    /// Returns the event for which a root field runs.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] when the caller may not subscribe to this field, [`Error::Fault`] if the document
    /// does not run for an event.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        // The hook before every field runs only when the field has a result. This check runs before that.
        POLICY.check(&ctx.request()?.caller, "Subscription", ctx.field().name())?;
        let event = ctx.data_opt::<Arc<Self>>().map(AsRef::as_ref);
        event.ok_or(Error::Fault("a field of the subscriptions ran without an event"))
    }

    /// Loads the value of a key of this event, if it is visible to the caller.
    ///
    /// # Errors
    ///
    /// When the database fails, or the event belongs to another project.
    pub async fn find<K: Batched>(&self, ctx: &Context<'_>, key: K) -> Result<Option<K::Value>> {
        let request = ctx.request()?;
        let caller = &request.caller;
        if caller.project_id() != self.event.project_id {
            return Err(Error::Fault("an event was sent to a subscriber of another project"));
        }
        let scope = (TypeId::of::<K>(), caller.tag_limits().map(<[String]>::to_vec));
        let found = {
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.entry(scope).or_default().clone()
        };
        let read = || async {
            let mut rows = K::batch(std::slice::from_ref(&key), &request.store, caller).await?;
            Ok::<_, Error>(Box::new(rows.remove(&key)) as Box<dyn Any + Send + Sync>)
        };
        let value = found.get_or_try_init(read).await?;
        value.downcast_ref().cloned().ok_or(Error::Fault("the cached value of an event has another type"))
    }
}
