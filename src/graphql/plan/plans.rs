use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use async_graphql::Pos;

use crate::graphql::Request;

/// What is known of a document's selections. It is kept as long as the document is cached.
#[derive(Default)]
struct Plans(RwLock<HashMap<Place, Option<Arc<dyn Any + Send + Sync>>>>);

/// A plan by its type, and where its selection starts in the document.
type Place = (TypeId, usize, usize);

/// The plan of the selection at this position, which is made once and kept with the document. `None` if it has none.
/// With directives the selection depends on the variables of the request, so it is planned each time.
pub(in crate::graphql) fn kept<P: Send + Sync + 'static>(
    request: &Request,
    at: Pos,
    make: impl FnOnce() -> Option<P>,
) -> Option<Arc<P>> {
    if request.document.may_have_directives() {
        return make().map(Arc::new);
    }
    match request.document.attached::<Plans>() {
        Some(plans) => plans.of(at, make),
        None => make().map(Arc::new),
    }
}

impl Plans {
    fn of<P: Send + Sync + 'static>(&self, at: Pos, make: impl FnOnce() -> Option<P>) -> Option<Arc<P>> {
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
