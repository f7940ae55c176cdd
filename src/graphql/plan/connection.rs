use std::sync::Arc;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, SelectionSet},
};
use futures_util::{FutureExt, future::try_join_all};

use super::{
    JsonText,
    edges::EdgePlan,
    node::OBJECT,
    plans::kept,
    selection::{Fragments, Planned, SelectionPlan, Step},
};
use crate::graphql::{ConnectionNode, Request, connection::ConnectionFields};

/// The plan of a selection of a connection.
pub(in crate::graphql) struct ConnectionPlan<N: ConnectionNode> {
    selection: SelectionPlan<ConnectionFields<N>>,
    waiting: Vec<Part<N>>,
}

/// A field that may wait.
enum Part<N: ConnectionNode> {
    Edges(Positioned<Field>, EdgePlan<N>),
    Total,
}

impl<N: ConnectionNode> ConnectionPlan<N> {
    /// The plan of the selection of a connection, which is kept with the document.
    pub(in crate::graphql) fn kept(ctx: &ContextSelectionSet<'_>, request: &Request) -> Option<Arc<Self>> {
        kept(request, ctx.item.pos, || Self::of(&ctx.item.node, &ctx.query_env.fragments))
    }

    /// Plans a selection. `None` for selections that the executor has to resolve.
    fn of(set: &SelectionSet, fragments: &Fragments) -> Option<Self> {
        let name = <ConnectionFields<N> as OutputType>::type_name();
        let writers = ConnectionFields::<N>::WRITERS;
        let planned = Planned { name: &name, union: None, writers, resolved: &[], waits: true };
        let mut waiting = Vec::new();
        let selection = SelectionPlan::of(set, &planned, fragments, &mut waiting)?;
        let waiting = waiting.into_iter().map(|field| match field.node.name.node.as_str() {
            "edges" => {
                let plan = EdgePlan::of(&field.node.selection_set.node, fragments)?;
                Some(Part::Edges(field, plan))
            }
            "totalCount" => Some(Part::Total),
            _ => None,
        });
        Some(Self { selection, waiting: waiting.collect::<Option<_>>()? })
    }

    /// Writes a connection. `None` if the executor has to resolve it.
    pub(in crate::graphql) async fn write(
        &self,
        list: &ConnectionFields<N>,
        ctx: &ContextSelectionSet<'_>,
        request: &Request,
    ) -> Option<ServerResult<Value>> {
        let waiting = self.waiting.iter().map(|part| {
            async move {
                match part {
                    Part::Edges(field, plan) => {
                        let ctx = ctx.with_field(field);
                        let ctx = ctx.with_selection_set(&field.node.selection_set);
                        list.page().write(&ctx, plan).await.transpose()
                    }
                    Part::Total => {
                        let total = list.total(request).await;
                        total.map(|total| Some(Value::from(total))).map_err(|error| {
                            async_graphql::Error::from(error).into_server_error(ctx.item.pos)
                        })
                    }
                }
            }
            .boxed()
        });
        let resolved = match try_join_all(waiting).await {
            Ok(resolved) => resolved.into_iter().collect::<Option<Vec<Value>>>()?,
            Err(error) => return Some(Err(error)),
        };
        let mut json = JsonText::with_capacity(OBJECT);
        let mut resolve = |step: &Step<_>, json: &mut JsonText| match step {
            Step::Waiting(place) => resolved.get(*place).map(|value| json.value(value)).is_some(),
            _ => false,
        };
        if !self.selection.write(list, &mut json, &mut resolve) {
            return None;
        }
        json.finish().map(|json| Ok(Value::Binary(json.into())))
    }
}
