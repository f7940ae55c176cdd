use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry, resolver_utils::resolve_list,
};
use futures_util::{FutureExt, future::try_join_all};
use keyset::Ordering;

use super::{
    JsonText, PreAuthorized,
    plans::Plans,
    selection::{Planned, SelectionPlan, Step, fields},
};
use crate::graphql::{ConnectionNode, Edge, Request};

/// Bytes of a row in a response, roughly.
const ROW: usize = 256;

/// The edges of a page.
pub struct Edges<'a, N: ConnectionNode> {
    pub(in crate::graphql) nodes: &'a [N],
    pub(in crate::graphql) order: &'a Arc<Ordering<N::Row>>,
}

/// The plan of a selection of edges.
struct EdgePlan<N: ConnectionNode> {
    parts: Vec<EdgePart<N>>,
    /// The field `node`, and its fields that may wait.
    node: Option<Positioned<Field>>,
    waiting: Vec<Positioned<Field>>,
    /// Whether the objects have to be prepared: see [`ConnectionNode::PREPARED`].
    prepares: bool,
}

/// A field of an edge, with the text before it.
struct EdgePart<N: ConnectionNode> {
    before: Vec<u8>,
    field: EdgeField<N>,
}

enum EdgeField<N: ConnectionNode> {
    Cursor,
    TypeName,
    Node(SelectionPlan<N>),
}

impl<N: ConnectionNode> OutputType for Edges<'_, N> {
    fn type_name() -> Cow<'static, str> {
        <Vec<Edge<N>> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<Edge<N>> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<Edge<N>> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if ctx.data_opt::<PreAuthorized>().is_some()
            && let Some(plan) = EdgePlan::<N>::kept(ctx)
            && let Some(answer) = self.write(ctx, &plan).boxed().await
        {
            return answer;
        }
        let edges = self.nodes.iter().map(|node| Edge::<N>::of(node.row(), self.order));
        resolve_list(ctx, field, edges, Some(self.nodes.len())).await
    }
}

impl<N: ConnectionNode> Edges<'_, N> {
    /// Writes the rows by the plan. `None` if a field that should not wait has to, or a value cannot be written.
    async fn write(&self, ctx: &ContextSelectionSet<'_>, plan: &EdgePlan<N>) -> Option<ServerResult<Value>> {
        if plan.prepares {
            let request = ctx.data_opt::<Arc<Request>>()?;
            // The executor reports which row could not be prepared.
            N::prepare(self.nodes, request).await.ok()?;
        }
        let waited = match self.wait(ctx, plan).await {
            Ok(waited) => waited,
            Err(error) => return Some(Err(error)),
        };
        let mut json = JsonText::with_capacity(ROW * self.nodes.len());
        let mut failed = None;
        json.raw(b"[");
        for (number, node) in self.nodes.iter().enumerate() {
            let waited = waited.get(number).map(Vec::as_slice).unwrap_or_default();
            let mut resolve = |step: &Step<N>, json: &mut JsonText| match step {
                Step::Waiting(place) => waited.get(*place).map(|value| json.value(value)).is_some(),
                Step::Resolved(field) => match resolve_now(ctx, plan, number, node, field) {
                    Some(Ok(value)) => {
                        json.value(&value);
                        true
                    }
                    other => {
                        failed = other.and_then(Result::err);
                        false
                    }
                },
                _ => false,
            };
            for part in &plan.parts {
                json.raw(&part.before);
                match &part.field {
                    EdgeField::Cursor => json.text(&self.order.cursor(node.row())),
                    EdgeField::TypeName => json.text(&<Edge<N> as OutputType>::type_name()),
                    EdgeField::Node(fields) => {
                        if !fields.write(node, &mut json, &mut resolve) {
                            return failed.map(Err);
                        }
                    }
                }
            }
            json.raw(if plan.parts.is_empty() { b"{}," } else { b"}," });
        }
        json.strip(b',');
        json.raw(b"]");
        json.finish().map(|json| Ok(Value::Binary(json.into())))
    }

    /// Resolves the fields that need I/O. All rows wait together, so that their loads are one batch.
    async fn wait(&self, ctx: &ContextSelectionSet<'_>, plan: &EdgePlan<N>) -> ServerResult<Vec<Vec<Value>>> {
        let Some(of_node) = plan.node.as_ref().filter(|_| !plan.waiting.is_empty()) else {
            return Ok(Vec::new());
        };
        let rows = self.nodes.iter().enumerate().map(|(number, node)| {
            async move {
                let at = ctx.with_index(number);
                let at = at.with_field(of_node);
                let at = &at.with_selection_set(&of_node.node.selection_set);
                let fields = plan.waiting.iter().map(|field| {
                    async move {
                        let value = node.resolve_field(&at.with_field(field)).await?;
                        Ok(value.unwrap_or_default())
                    }
                    .boxed()
                });
                try_join_all(fields).await
            }
            .boxed()
        });
        try_join_all(rows).await
    }
}

/// Resolves a field that does not wait. `None` if it does.
fn resolve_now<N: ConnectionNode>(
    ctx: &ContextSelectionSet<'_>,
    plan: &EdgePlan<N>,
    number: usize,
    node: &N,
    field: &Positioned<Field>,
) -> Option<ServerResult<Value>> {
    let of_node = plan.node.as_ref()?;
    let at = ctx.with_index(number);
    let at = at.with_field(of_node);
    let at = at.with_selection_set(&of_node.node.selection_set);
    let value = node.resolve_field(&at.with_field(field)).now_or_never();
    debug_assert!(value.is_some(), "{:?} of {} waits", field.node.name, N::type_name());
    Some(value?.map(Option::unwrap_or_default))
}

impl<N: ConnectionNode> EdgePlan<N> {
    /// The plan of a selection, which is kept with the document. With directives the selection depends on the variables
    /// of the request, so it is planned each time.
    fn kept(ctx: &ContextSelectionSet<'_>) -> Option<Arc<Self>> {
        let document = &ctx.data_opt::<Arc<Request>>()?.document;
        if document.may_have_directives() {
            return Self::of(ctx).map(Arc::new);
        }
        document.attached::<Plans>()?.of(ctx.item.pos, || Self::of(ctx))
    }

    /// Plans a selection. `None` for selections that the executor has to resolve.
    fn of(ctx: &ContextSelectionSet<'_>) -> Option<Self> {
        let mut plan = Self { parts: Vec::new(), node: None, waiting: Vec::new(), prepares: false };
        let fragments = &ctx.query_env.fragments;
        let edge = <Edge<N> as OutputType>::type_name();
        let of_edge: Planned<'_, N> =
            Planned { name: &edge, union: None, writers: &[], resolved: &[], waits: true };
        let mut names = Vec::new();
        for field in fields(&ctx.item.node, &of_edge, fragments)? {
            let key = field.node.response_key().node.as_str();
            if names.contains(&key) {
                return None;
            }
            let start = if names.is_empty() { '{' } else { ',' };
            names.push(key);
            let before = format!("{start}\"{key}\":").into_bytes();
            let field = match field.node.name.node.as_str() {
                "cursor" => EdgeField::Cursor,
                "__typename" => EdgeField::TypeName,
                "node" if plan.node.is_none() => {
                    plan.node = Some(field.clone());
                    let name = N::type_name();
                    let node = Planned {
                        name: &name,
                        union: None,
                        writers: N::WRITERS,
                        resolved: N::SYNC_FIELDS,
                        waits: true,
                    };
                    let set = &field.node.selection_set.node;
                    let needs_it =
                        |field: &&Positioned<Field>| N::PREPARED.contains(&field.node.name.node.as_str());
                    plan.prepares = fields(set, &node, fragments)?.iter().any(needs_it);
                    EdgeField::Node(SelectionPlan::of(set, &node, fragments, &mut plan.waiting)?)
                }
                _ => return None,
            };
            plan.parts.push(EdgePart { before, field });
        }
        Some(plan)
    }
}
