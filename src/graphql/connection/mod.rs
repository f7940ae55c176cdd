//! Connections: with `page` the only module that implements Relay's specification.
//!
//! | file | content |
//! |---|---|
//! | `asked` | what the selection of a connection requests |
//! | `edge` | an item of a page |
//! | `fields` | the fields of a connection |
//! | `node` | what a type declares whose objects are listed |

mod asked;
mod edge;
mod fields;
mod node;

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use futures_util::FutureExt;
use keyset::{Ordering, Page};

use super::{
    Request,
    plan::{ConnectionPlan, PreAuthorized},
};
pub use asked::Asked;
pub use edge::Edge;
pub use fields::{ConnectionFields, Total};
pub use node::ConnectionNode;

/// One page of a list.
pub struct Connection<N: ConnectionNode>(ConnectionFields<N>);

impl<N: ConnectionNode> Connection<N> {
    /// Creates a connection from a page. `later` counts the list if the page does not have the length.
    pub fn new(page: Page<N::Row>, order: impl Into<Arc<Ordering<N::Row>>>, later: Total) -> Self {
        Self(ConnectionFields::new(page, order.into(), later))
    }

    /// Writes the connection by a plan. `None` if the executor has to resolve it.
    pub(in crate::graphql) async fn write(
        &self,
        ctx: &ContextSelectionSet<'_>,
        plan: &ConnectionPlan<N>,
        request: &Request,
    ) -> Option<ServerResult<Value>> {
        plan.write(&self.0, ctx, request).boxed().await
    }
}

impl<N: ConnectionNode> OutputType for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        <ConnectionFields<N> as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        ConnectionFields::<N>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if ctx.data_opt::<PreAuthorized>().is_some()
            && let Some(request) = ctx.data_opt::<Arc<Request>>()
            && let Some(plan) = ConnectionPlan::kept(ctx, request)
            && let Some(answer) = self.write(ctx, &plan, request).await
        {
            return answer;
        }
        self.0.resolve(ctx, field).await
    }
}
