//! Resolves the edges of a page without a future for each field of each row.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_list,
};
use futures_util::{FutureExt, future::try_join_all};
use keyset::Ordering;

use super::{ConnectionNode, Edge};

/// Marks a request whose document was authorized as a whole, so that no field needs a check.
///
/// Source: the executor allocates a boxed future for each field, a task for each row and a hash table for
/// each object. For a page of rows, that was two thirds of the server's time.
pub(crate) struct PreAuthorized;

/// The edges of a page.
pub struct Edges<'a, N: ConnectionNode> {
    pub(super) nodes: &'a [N],
    pub(super) order: &'a Arc<Ordering<N::Row>>,
}

/// A field of a selection and the index of its value in the object.
struct FieldSlot<'a> {
    field: &'a Positioned<Field>,
    index: usize,
}

/// The values to resolve for each row.
struct EdgePlan<'a> {
    /// An edge without values. Cloning it is cheaper than building one, because the keys are hashed only
    /// once.
    edge: IndexMap<Name, Value>,
    cursors: Vec<usize>,
    node: Option<NodePlan<'a>>,
}

struct NodePlan<'a> {
    slot: FieldSlot<'a>,
    /// A node with the values that are the same for all rows.
    object: IndexMap<Name, Value>,
    at_once: Vec<FieldSlot<'a>>,
    waiting: Vec<FieldSlot<'a>>,
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
            && let Some(plan) = EdgePlan::of::<N>(ctx)
            && let Some(answer) = self.write(ctx, &plan).boxed().await
        {
            return answer;
        }
        let edges = self.nodes.iter().map(|node| Edge::<N>::of(node.row(), self.order));
        resolve_list(ctx, field, edges, Some(self.nodes.len())).await
    }
}

impl<N: ConnectionNode> Edges<'_, N> {
    /// Resolves the rows according to the plan. `None` if a field that should resolve without waiting has to
    /// wait.
    async fn write(&self, ctx: &ContextSelectionSet<'_>, plan: &EdgePlan<'_>) -> Option<ServerResult<Value>> {
        let mut edges = Vec::with_capacity(self.nodes.len());
        for (number, node) in self.nodes.iter().enumerate() {
            let mut edge = plan.edge.clone();
            if !plan.cursors.is_empty() {
                let cursor = self.order.cursor(node.row());
                for index in &plan.cursors {
                    put(&mut edge, *index, Value::String(cursor.clone()));
                }
            }
            if let Some(selected) = &plan.node {
                let mut object = selected.object.clone();
                let at = ctx.with_index(number);
                let at = at.with_field(selected.slot.field);
                let at = at.with_selection_set(&selected.slot.field.node.selection_set);
                for slot in &selected.at_once {
                    let value = node.resolve_field(&at.with_field(slot.field)).now_or_never();
                    debug_assert!(value.is_some(), "{:?} of {} waits", slot.field.node.name, N::type_name());
                    match value? {
                        Ok(value) => put(&mut object, slot.index, value.unwrap_or_default()),
                        Err(error) => return Some(Err(error)),
                    }
                }
                put(&mut edge, selected.slot.index, Value::Object(object));
            }
            edges.push(edge);
        }
        if let Some(selected) = plan.node.as_ref().filter(|selected| !selected.waiting.is_empty()) {
            let rows = self.nodes.iter().enumerate();
            let rows = rows.map(|(number, node)| wait(ctx, selected, number, node).boxed());
            let waited = match try_join_all(rows).await {
                Ok(waited) => waited,
                Err(error) => return Some(Err(error)),
            };
            for (edge, values) in edges.iter_mut().zip(waited) {
                let object = edge.get_index_mut(selected.slot.index).map(|(_, object)| object);
                let Some(Value::Object(object)) = object else { continue };
                for (slot, value) in selected.waiting.iter().zip(values) {
                    put(object, slot.index, value);
                }
            }
        }
        Some(Ok(Value::List(edges.into_iter().map(Value::Object).collect())))
    }
}

/// Resolves the fields of a row that need I/O. All rows wait together, so that their loads are one batch.
async fn wait<N: ConnectionNode>(
    ctx: &ContextSelectionSet<'_>,
    selected: &NodePlan<'_>,
    number: usize,
    node: &N,
) -> ServerResult<Vec<Value>> {
    let at = ctx.with_index(number);
    let at = at.with_field(selected.slot.field);
    let at = &at.with_selection_set(&selected.slot.field.node.selection_set);
    let fields = selected.waiting.iter().map(|slot| {
        async move {
            let value = node.resolve_field(&at.with_field(slot.field)).await?;
            Ok(value.unwrap_or_default())
        }
        .boxed()
    });
    try_join_all(fields).await
}

impl<'a> EdgePlan<'a> {
    /// Plans a selection. `None` for selections that the executor has to resolve: directives, duplicate keys,
    /// and fragments on types other than the row's own.
    fn of<N: ConnectionNode>(ctx: &ContextSelectionSet<'a>) -> Option<Self> {
        let mut plan = Self { edge: IndexMap::new(), cursors: Vec::new(), node: None };
        let type_name = <Edge<N> as OutputType>::type_name();
        for field in fields(ctx, &ctx.item.node, &type_name)? {
            let (name, value) = (field.node.name.node.as_str(), own(field, &type_name));
            let index = add(&mut plan.edge, field, value)?;
            match name {
                "cursor" => plan.cursors.push(index),
                "node" if plan.node.is_none() => {
                    plan.node = Some(NodePlan::of::<N>(ctx, FieldSlot { field, index })?);
                }
                "__typename" => {}
                _ => return None,
            }
        }
        Some(plan)
    }
}

impl<'a> NodePlan<'a> {
    fn of<N: ConnectionNode>(ctx: &ContextSelectionSet<'a>, slot: FieldSlot<'a>) -> Option<Self> {
        let type_name = N::type_name();
        let mut node = Self { slot, object: IndexMap::new(), at_once: Vec::new(), waiting: Vec::new() };
        for field in fields(ctx, &node.slot.field.node.selection_set.node, &type_name)? {
            let index = add(&mut node.object, field, own(field, &type_name))?;
            let name = field.node.name.node.as_str();
            if N::SYNC_FIELDS.contains(&name) {
                node.at_once.push(FieldSlot { field, index });
            } else if name != "__typename" {
                node.waiting.push(FieldSlot { field, index });
            }
        }
        Some(node)
    }
}

/// Collects the fields of a selection, including those of its fragments.
fn fields<'a>(
    ctx: &ContextSelectionSet<'a>,
    set: &'a SelectionSet,
    type_name: &str,
) -> Option<Vec<&'a Positioned<Field>>> {
    let mut found = Vec::with_capacity(set.items.len());
    for item in &set.items {
        let (condition, inner) = match &item.node {
            Selection::Field(field) if field.node.directives.is_empty() => {
                found.push(field);
                continue;
            }
            Selection::InlineFragment(inline) if inline.node.directives.is_empty() => {
                (inline.node.type_condition.as_ref(), &inline.node.selection_set.node)
            }
            Selection::FragmentSpread(spread) if spread.node.directives.is_empty() => {
                let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node)?;
                (Some(&fragment.node.type_condition), &fragment.node.selection_set.node)
            }
            _ => return None,
        };
        if condition.is_some_and(|condition| condition.node.on.node != type_name) {
            return None;
        }
        found.extend(fields(ctx, inner, type_name)?);
    }
    Some(found)
}

/// Returns the value of a field that is the same for all objects of a type.
fn own(field: &Positioned<Field>, type_name: &str) -> Value {
    if field.node.name.node == "__typename" { Value::from(type_name) } else { Value::Null }
}

/// Adds a field to an object. `None` if the object already has the key: the selections would have to be
/// merged.
fn add(object: &mut IndexMap<Name, Value>, field: &Positioned<Field>, value: Value) -> Option<usize> {
    let (index, before) = object.insert_full(field.node.response_key().node.clone(), value);
    before.is_none().then_some(index)
}

fn put(object: &mut IndexMap<Name, Value>, index: usize, value: Value) {
    if let Some((_, there)) = object.get_index_mut(index) {
        *there = value;
    }
}
