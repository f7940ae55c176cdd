use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_list,
};
use futures_util::FutureExt;
use keyset::Ordering;

use super::{
    JsonText, PreAuthorized,
    node::{NodePlan, OBJECT},
    plans::kept,
    selection::{Fragments, Planned, fields},
};
use crate::graphql::{ConnectionNode, Edge, Request};

/// The edges of a page.
pub struct Edges<'a, N: ConnectionNode> {
    pub(in crate::graphql) nodes: &'a [N],
    pub(in crate::graphql) order: &'a Arc<Ordering<N::Row>>,
}

/// The plan of a selection of edges.
pub(super) struct EdgePlan<N: ConnectionNode> {
    parts: Vec<EdgePart>,
    /// The field `node`, and the plan of its selection.
    node: Option<(Positioned<Field>, NodePlan<N>)>,
}

/// A field of an edge, with the text before it.
struct EdgePart {
    before: Vec<u8>,
    field: EdgeField,
}

enum EdgeField {
    Cursor,
    TypeName,
    Node,
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
            && let Some(request) = ctx.data_opt::<Arc<Request>>()
            && let Some(plan) =
                kept(request, ctx.item.pos, || EdgePlan::<N>::of(&ctx.item.node, &ctx.query_env.fragments))
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
    pub(super) async fn write(
        &self,
        ctx: &ContextSelectionSet<'_>,
        plan: &EdgePlan<N>,
    ) -> Option<ServerResult<Value>> {
        // Without `node` the context is not used.
        let of_node = plan.node.as_ref().map(|(field, plan)| (ctx.with_field(field), field, plan));
        let of_node = of_node
            .as_ref()
            .map(|(ctx, field, plan)| (ctx.with_selection_set(&field.node.selection_set), *plan));
        let resolved = match &of_node {
            Some((ctx, plan)) => match plan.resolve(self.nodes, ctx).await? {
                Ok(resolved) => resolved,
                Err(error) => return Some(Err(error)),
            },
            None => Vec::new(),
        };
        let mut json = JsonText::with_capacity(OBJECT * self.nodes.len());
        json.raw(b"[");
        for (number, node) in self.nodes.iter().enumerate() {
            for part in &plan.parts {
                json.raw(&part.before);
                match (&part.field, &of_node) {
                    (EdgeField::Cursor, _) => json.text(&self.order.cursor(node.row())),
                    (EdgeField::TypeName, _) => json.text(&<Edge<N> as OutputType>::type_name()),
                    (EdgeField::Node, Some((ctx, plan))) => {
                        let resolved = resolved.get(number).map(Vec::as_slice).unwrap_or_default();
                        if let Err(error) = plan.write(node, resolved, ctx, &mut json)? {
                            return Some(Err(error));
                        }
                    }
                    (EdgeField::Node, None) => return None,
                }
            }
            json.raw(if plan.parts.is_empty() { b"{}," } else { b"}," });
        }
        json.strip(b',');
        json.raw(b"]");
        json.finish().map(|json| Ok(Value::Binary(json.into())))
    }
}

impl<N: ConnectionNode> EdgePlan<N> {
    /// Plans a selection. `None` for selections that the executor has to resolve.
    pub(super) fn of(set: &SelectionSet, fragments: &Fragments) -> Option<Self> {
        let mut plan = Self { parts: Vec::new(), node: None };
        let edge = <Edge<N> as OutputType>::type_name();
        let of_edge: Planned<'_, N> =
            Planned { name: &edge, union: None, writers: &[], resolved: &[], waits: true };
        let mut names = Vec::new();
        for field in fields(set, &of_edge, fragments)? {
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
                    plan.node =
                        Some((field.clone(), NodePlan::of(&field.node.selection_set.node, fragments)?));
                    EdgeField::Node
                }
                _ => return None,
            };
            plan.parts.push(EdgePart { before, field });
        }
        Some(plan)
    }
}
