use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use super::Shape;
use crate::auth::{
    Permission, Permissions,
    policy::{self, Need},
};

/// Every permission that a valid document of queries can come to need, whichever of its operations runs; `None` when
/// that is not known beforehand: it changes something, asks for the schema, or for a field without a rule.
///
/// A field is counted in each type that its object may turn out to be of, so the answer may name too much, never too
/// little.
#[must_use]
pub fn needs(document: &ExecutableDocument, shape: &Shape) -> Option<Permissions> {
    let mut needed = Vec::new();
    for (_, operation) in document.operations.iter() {
        if operation.node.ty != OperationType::Query {
            return None;
        }
        collect(shape, "Query", &operation.node.selection_set.node, &mut needed)?;
    }
    // Once each, however often they are spread.
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        collect(shape, on, &fragment.node.selection_set.node, &mut needed)?;
    }
    Some(needed.into_iter().collect())
}

fn collect(shape: &Shape, on: &str, set: &SelectionSet, needed: &mut Vec<Permission>) -> Option<()> {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {}
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                for of in [on].into_iter().chain(shape.members(on)) {
                    match policy::rule(of, name)?.need {
                        Need::Token => {}
                        Need::One(permission) | Need::OrRejected(permission) => needed.push(permission),
                    }
                }
                let inner = &field.node.selection_set.node;
                if !inner.items.is_empty() {
                    collect(shape, shape.type_of(on, name)?, inner, needed)?;
                }
            }
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                collect(shape, on, &inline.node.selection_set.node, needed)?;
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    Some(())
}
