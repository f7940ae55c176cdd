use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use crate::Shape;

/// Returns what a field of a type requires of the caller, as a set of bits that the application defines, such
/// as permissions. `None` if the application has no rule for the field.
pub type Require = fn(type_name: &str, field: &str) -> Option<u64>;

/// The union of all bits that a valid document of queries can require, whichever operation runs. `None` if
/// that is unknown before it runs: the document has a mutation or a subscription, uses introspection, or
/// selects a field without a rule.
///
/// A field is counted for each type that its object may have, so the result may have too many bits, never too
/// few.
pub(crate) fn required(document: &ExecutableDocument, shape: &Shape, require: Require) -> Option<u64> {
    let mut bits = 0;
    for (_, operation) in document.operations.iter() {
        if operation.node.ty != OperationType::Query {
            return None;
        }
        bits |= of_selections(shape, require, "Query", &operation.node.selection_set.node)?;
    }
    // Each fragment once, regardless of how often it is spread.
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        bits |= of_selections(shape, require, on, &fragment.node.selection_set.node)?;
    }
    Some(bits)
}

fn of_selections(shape: &Shape, require: Require, on: &str, set: &SelectionSet) -> Option<u64> {
    let mut bits = 0;
    for item in &set.items {
        match &item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {}
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                for of in [on].into_iter().chain(shape.members(on)) {
                    bits |= require(of, name)?;
                }
                let inner = &field.node.selection_set.node;
                if !inner.items.is_empty() {
                    bits |= of_selections(shape, require, shape.type_of(on, name)?, inner)?;
                }
            }
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                bits |= of_selections(shape, require, on, &inline.node.selection_set.node)?;
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "interface Node { id: ID! } type User implements Node { id: ID! name: String secret: Int }
        type Image implements Node { id: ID! } type Query { node: Node user: User } type Mutation { user: User }";

    fn rule(type_name: &str, field: &str) -> Option<u64> {
        match (type_name, field) {
            ("Query" | "Node", _) => Some(0),
            ("User", "id") => Some(1),
            ("Image", "id") => Some(2),
            ("User", "name") => Some(4),
            _ => None,
        }
    }

    fn of(document: &str) -> Option<u64> {
        let document = async_graphql::parser::parse_query(document).unwrap();
        required(&document, &Shape::of_sdl(SDL), rule)
    }

    #[test]
    fn joins_the_requirements_of_all_fields() {
        assert_eq!(of("{ user { __typename } }"), Some(0));
        assert_eq!(of("{ user { id name } }"), Some(5));
        assert_eq!(
            of("query A { user { id } } query B { ...F } fragment F on Query { user { name } }"),
            Some(5)
        );
    }

    #[test]
    fn counts_a_field_of_an_interface_in_each_of_its_types() {
        assert_eq!(of("{ node { id } }"), Some(3));
        assert_eq!(of("{ node { ... on Image { id } } }"), Some(2));
    }

    #[test]
    fn requirements_are_unknown_for_mutations_introspection_and_fields_without_a_rule() {
        for document in [
            "mutation { user { id } }",
            "{ __schema { types { name } } }",
            "{ user { secret } }",
            "{ user { x } }",
        ] {
            assert_eq!(of(document), None, "{document}");
        }
    }
}
