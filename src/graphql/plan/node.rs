use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, SelectionSet},
    registry::Registry,
};
use futures_util::{FutureExt, future::try_join_all};

use super::{
    JsonText, PreAuthorized,
    plans::kept,
    selection::{Fragments, Planned, SelectionPlan, Step, fields},
};
use crate::graphql::{
    ConnectionNode, Request,
    list::{ListField, PreparedList},
};

/// Bytes of an object in a response, roughly.
pub(super) const OBJECT: usize = 256;

/// One object, written by a plan or resolved by the executor.
pub struct Single<N>(pub N);

/// The plan of a selection of objects.
pub(super) struct NodePlan<N: ConnectionNode> {
    selection: SelectionPlan<N>,
    /// Fields that may wait. Those that are lists are read by the plan, the others are resolved by the executor.
    waiting: Vec<(Positioned<Field>, Option<&'static ListField<N>>)>,
    /// Whether the objects have to be prepared: see [`ConnectionNode::PREPARED`].
    prepares: bool,
}

/// The fields of a selection of objects. `None` for selections that the executor has to resolve.
pub(in crate::graphql) fn fields_of<'a, N: ConnectionNode>(
    set: &'a SelectionSet,
    fragments: &'a Fragments,
) -> Option<Vec<&'a Positioned<Field>>> {
    let name = N::type_name();
    let planned: Planned<'_, N> =
        Planned { name: &name, union: None, writers: &[], resolved: &[], waits: true };
    fields(set, &planned, fragments)
}

impl<N: ConnectionNode> NodePlan<N> {
    /// Plans a selection. `None` for selections that the executor has to resolve.
    pub(super) fn of(set: &SelectionSet, fragments: &Fragments) -> Option<Self> {
        let name = N::type_name();
        let planned =
            Planned { name: &name, union: None, writers: N::WRITERS, resolved: N::SYNC_FIELDS, waits: true };
        let needs_it = |field: &&Positioned<Field>| N::PREPARED.contains(&field.node.name.node.as_str());
        let prepares = fields_of::<N>(set, fragments)?.iter().any(needs_it);
        let mut waiting = Vec::new();
        let selection = SelectionPlan::of(set, &planned, fragments, &mut waiting)?;
        let list = |field: &Positioned<Field>| N::LISTS.iter().find(|list| field.node.name.node == list.name);
        let waiting = waiting.into_iter().map(|field| {
            let list = list(&field);
            (field, list)
        });
        Some(Self { selection, waiting: waiting.collect(), prepares })
    }

    /// Prepares the objects, and resolves their fields that need I/O. All objects wait together, so that their loads
    /// are one batch. `None` if the objects cannot be prepared: the executor reports which.
    pub(super) async fn resolve(
        &self,
        nodes: &[N],
        ctx: &ContextSelectionSet<'_>,
    ) -> Option<ServerResult<Vec<Vec<Value>>>> {
        if self.prepares {
            N::prepare(nodes, ctx.data_opt::<Arc<Request>>()?).await.ok()?;
        }
        if self.waiting.is_empty() {
            return Some(Ok(Vec::new()));
        }
        // Objects of a page share the context of a field: a plan is used only where an error is reported by the executor.
        let contexts: Vec<_> = self.waiting.iter().map(|(field, _)| ctx.with_field(field)).collect();
        let prepared = self.waiting.iter().zip(&contexts);
        let prepared = prepared.map(|((_, list), ctx)| list.and_then(|list| (list.prepare)(ctx))).collect();
        let prepared: Vec<Option<Box<dyn PreparedList>>> = prepared;
        let nodes = nodes.iter().map(|node| {
            let fields = self.waiting.iter().zip(&contexts).zip(&prepared);
            let fields = fields.map(|(((field, list), ctx), prepared)| match (list, prepared) {
                (Some(list), Some(prepared)) => prepared.resolve(ctx, field, (list.owner)(node)),
                _ => async move { Ok(node.resolve_field(ctx).await?.unwrap_or_default()) }.boxed(),
            });
            try_join_all(fields)
        });
        Some(try_join_all(nodes).await)
    }

    /// Writes an object, with the values that were resolved before. `None` if a field that should not wait has to.
    pub(super) fn write(
        &self,
        node: &N,
        resolved: &[Value],
        ctx: &ContextSelectionSet<'_>,
        json: &mut JsonText,
    ) -> Option<ServerResult<()>> {
        let mut failed = None;
        let mut resolve = |step: &Step<N>, json: &mut JsonText| match step {
            Step::Waiting(place) => resolved.get(*place).map(|value| json.value(value)).is_some(),
            Step::Resolved(field) => {
                let value = node.resolve_field(&ctx.with_field(field)).now_or_never();
                debug_assert!(value.is_some(), "{:?} of {} waits", field.node.name, N::type_name());
                match value {
                    Some(Ok(value)) => {
                        json.value(&value.unwrap_or_default());
                        true
                    }
                    other => {
                        failed = other.and_then(Result::err);
                        false
                    }
                }
            }
            _ => false,
        };
        if self.selection.write(node, json, &mut resolve) { Some(Ok(())) } else { failed.map(Err) }
    }
}

impl<N: ConnectionNode> Single<N> {
    async fn write(&self, ctx: &ContextSelectionSet<'_>, plan: &NodePlan<N>) -> Option<ServerResult<Value>> {
        let resolved = match plan.resolve(std::slice::from_ref(&self.0), ctx).await? {
            Ok(mut resolved) => resolved.pop().unwrap_or_default(),
            Err(error) => return Some(Err(error)),
        };
        let mut json = JsonText::with_capacity(OBJECT);
        match plan.write(&self.0, &resolved, ctx, &mut json)? {
            Ok(()) => json.finish().map(|json| Ok(Value::Binary(json.into()))),
            Err(error) => Some(Err(error)),
        }
    }
}

impl<N: ConnectionNode + OutputType> OutputType for Single<N> {
    fn type_name() -> Cow<'static, str> {
        <N as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        N::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        N::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if ctx.data_opt::<PreAuthorized>().is_some()
            && let Some(request) = ctx.data_opt::<Arc<Request>>()
            && let Some(plan) =
                kept(request, ctx.item.pos, || NodePlan::<N>::of(&ctx.item.node, &ctx.query_env.fragments))
            && let Some(answer) = self.write(ctx, &plan).boxed().await
        {
            return answer;
        }
        self.0.resolve(ctx, field).await
    }
}
