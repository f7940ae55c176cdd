//! The published schema: the checked-in file is current, and everything has a description.

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use verigraph::schema::sdl;

/// `make schema` writes it.
#[test]
fn the_checked_in_schema_is_current() {
    let checked_in = include_str!("../../schema.graphql");
    assert!(checked_in.trim_end() == sdl().trim_end(), "schema.graphql is not current: run `make schema`");
}

#[test]
fn everything_in_the_schema_has_a_description() {
    let mut silent = Vec::new();
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, definition) = (&definition.node.name.node, &definition.node);
        let mut check = |path: String, is_described: bool| {
            if !is_described {
                silent.push(path);
            }
        };
        check(name.to_string(), definition.description.is_some());
        match &definition.kind {
            TypeKind::Object(async_graphql::parser::types::ObjectType { fields, .. })
            | TypeKind::Interface(async_graphql::parser::types::InterfaceType { fields, .. }) => {
                for field in fields.iter().map(|field| &field.node) {
                    check(format!("{name}.{}", field.name.node), field.description.is_some());
                    for argument in field.arguments.iter().map(|argument| &argument.node) {
                        let path = format!("{name}.{}({})", field.name.node, argument.name.node);
                        check(path, argument.description.is_some());
                    }
                }
            }
            TypeKind::InputObject(input) => {
                for field in input.fields.iter().map(|field| &field.node) {
                    check(format!("{name}.{}", field.name.node), field.description.is_some());
                }
            }
            TypeKind::Enum(values) => {
                for value in values.values.iter().map(|value| &value.node) {
                    check(format!("{name}.{}", value.value.node), value.description.is_some());
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
