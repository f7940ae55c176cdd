use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use async_graphql::Context;
use entity::event;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    Error, Result,
    event::Kind,
    graphql::{ContextExt, loader::Batched},
    schema::POLICY,
};

/// Filter of the events that a subscription waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    pub kinds: Vec<Kind>,
    /// Only events about this user.
    pub user: Option<Uuid>,
}

impl Interest {
    /// Whether an event matches the filter.
    #[must_use]
    pub fn is_met_by(&self, event: &event::Model) -> bool {
        self.kinds.iter().any(|kind| kind.name() == event.kind)
            && self.user.is_none_or(|user| event.user_id == Some(user))
    }
}

/// Purpose of one run of a subscription's document. The root field does one or the other.
#[derive(Debug)]
pub enum Turn {
    /// The root field registers its filter.
    Asked(OnceLock<Interest>),
    /// The root field receives an event.
    Told(Arc<Occasion>),
}

impl Turn {
    /// Creates a turn that registers the filter.
    #[must_use]
    pub const fn ask() -> Self {
        Self::Asked(OnceLock::new())
    }

    /// Returns the turn in which a root field runs.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] when the caller may not subscribe to this field, [`Error::Fault`] outside of a
    /// turn.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        // The hook before every field runs only when the field has a result. This check runs before that.
        POLICY.check(&ctx.request()?.caller, "Subscription", ctx.field().name())?;
        let turn = ctx.data_opt::<Arc<Self>>().map(AsRef::as_ref);
        turn.ok_or(Error::Fault("a field of the subscriptions ran outside of a turn"))
    }

    /// Returns the event, if the document runs for an event that the field waits for. Otherwise registers the
    /// filter.
    pub fn event(&self, interest: Interest) -> Option<&Occasion> {
        match self {
            Self::Asked(said) => {
                // Documents have a single root field, so the cell is empty.
                let _ = said.set(interest);
                None
            }
            Self::Told(occasion) => Some(&**occasion).filter(|occasion| interest.is_met_by(&occasion.event)),
        }
    }
}

/// An event, shared by all subscribers of this server.
#[derive(Debug)]
pub struct Occasion {
    pub event: event::Model,
    /// Values that subscribers with one scope may see, loaded once for all of them.
    found: Mutex<HashMap<Scope, Found>>,
}

/// Cache key: type of the loader's key, and the tag limits of the caller. The project is that of the event.
type Scope = (TypeId, Option<Vec<String>>);
type Found = Arc<OnceCell<Box<dyn Any + Send + Sync>>>;

impl Occasion {
    /// Creates an event without loaded values.
    #[must_use]
    pub fn new(event: event::Model) -> Self {
        Self { event, found: Mutex::default() }
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
