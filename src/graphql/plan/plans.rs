use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use async_graphql::Pos;

/// The plans of a document's selections. They are kept as long as the document is cached.
#[derive(Default)]
pub(super) struct Plans(RwLock<HashMap<Place, Option<Arc<dyn Any + Send + Sync>>>>);

/// A plan by its type, and where its selection starts in the document.
type Place = (TypeId, usize, usize);

impl Plans {
    /// The plan of the selection at this position, which is made once. `None` if it has none.
    pub fn of<P: Send + Sync + 'static>(&self, at: Pos, make: impl FnOnce() -> Option<P>) -> Option<Arc<P>> {
        let place = (TypeId::of::<P>(), at.line, at.column);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        let plan = known.unwrap_or_else(|| {
            let plan = make().map(|plan| Arc::new(plan) as Arc<dyn Any + Send + Sync>);
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(place, plan.clone());
            plan
        });
        plan?.downcast().ok()
    }
}
