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
    auth::policy,
    event::Kind,
    graphql::{ContextExt, loader::Batched},
};

/// What a subscription waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    pub kinds: Vec<Kind>,
    /// Only what is about this user.
    pub user: Option<Uuid>,
}

impl Interest {
    /// Whether it waits for an event.
    #[must_use]
    pub fn is_met_by(&self, event: &event::Model) -> bool {
        self.kinds.iter().any(|kind| kind.name() == event.kind)
            && self.user.is_none_or(|user| event.user_id == Some(user))
    }
}

/// What a document of a subscription is run for. Its root field does one or the other.
#[derive(Debug)]
pub enum Turn {
    /// To say what it waits for.
    Asked(OnceLock<Interest>),
    /// To be told.
    Told(Arc<Occasion>),
}

impl Turn {
    /// A turn that asks.
    #[must_use]
    pub const fn ask() -> Self {
        Self::Asked(OnceLock::new())
    }

    /// The turn that a root field runs in.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] when the caller may not be told of this field, [`Error::Fault`] outside of a turn.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        // The hook in front of every field comes by when there is something to tell; this asks before that.
        policy::check(&ctx.request()?.caller, "Subscription", ctx.field().name())?;
        let turn = ctx.data_opt::<Arc<Self>>().map(AsRef::as_ref);
        turn.ok_or(Error::Fault("a field of the subscriptions ran outside of a turn"))
    }

    /// The event, if this is what it is run for and the field waits for it.
    pub fn event(&self, interest: Interest) -> Option<&Occasion> {
        match self {
            Self::Asked(said) => {
                // Documents have one root field, so nobody has said anything before.
                let _ = said.set(interest);
                None
            }
            Self::Told(occasion) => Some(&**occasion).filter(|occasion| interest.is_met_by(&occasion.event)),
        }
    }
}

/// Something that happened, as all subscribers of this server are told it.
#[derive(Debug)]
pub struct Occasion {
    pub event: event::Model,
    /// What subscribers of one scope may see of it: looked up once for all of them.
    found: Mutex<HashMap<Scope, Found>>,
}

/// What tells which rows of a project a caller may see, and which row it is.
type Scope = (TypeId, Option<Vec<String>>);
type Found = Arc<OnceCell<Box<dyn Any + Send + Sync>>>;

impl Occasion {
    /// Something happened.
    #[must_use]
    pub fn new(event: event::Model) -> Self {
        Self { event, found: Mutex::default() }
    }

    /// What a key of this event finds for whoever is told of it, if it may see it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn find<K: Batched>(&self, ctx: &Context<'_>, key: K) -> Result<Option<K::Value>> {
        let request = ctx.request()?;
        let caller = &request.caller;
        if caller.project_id() != self.event.project_id {
            return Err(Error::Fault("an event came to a subscriber of another project"));
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
        value.downcast_ref().cloned().ok_or(Error::Fault("what was found of an event is of another type"))
    }
}
