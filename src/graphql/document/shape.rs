use std::collections::HashMap;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeKind, TypeSystemDefinition},
};

/// What the guard has to know of the schema: which fields give lists, and what variables may hold.
#[derive(Debug, Default)]
pub struct Shape {
    pub(super) fields: HashMap<String, HashMap<String, Field>>,
    pub(super) inputs: HashMap<String, Input>,
}

/// A field, as far as its cost goes.
#[derive(Debug)]
pub(super) struct Field {
    /// The type its selections are of.
    pub of: String,
    pub many: Many,
}

/// How many objects a field can give for each object it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    One,
    /// A connection: as many as its page arguments say.
    Page,
    /// A list: as many as the ids given to it.
    List,
}

/// What a variable of a type may hold.
#[derive(Debug)]
pub(super) enum Input {
    Scalar,
    Enum(Vec<String>),
    /// Its fields, each with whether it has a default.
    Object(HashMap<String, (Type, bool)>),
}

impl Shape {
    /// Reads a schema as SDL.
    ///
    /// # Panics
    ///
    /// When the text is not SDL; it is printed by the same library from our own types.
    #[must_use]
    pub fn of_sdl(sdl: &str) -> Self {
        let mut shape = Self::default();
        for scalar in ["Int", "Float", "String", "Boolean", "ID"] {
            shape.inputs.insert(scalar.to_owned(), Input::Scalar);
        }
        let document = parse_schema(sdl).expect("the printed schema can be read");
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => drop(shape.fields.insert(name, fields(&object.fields))),
                TypeKind::Interface(interface) => drop(shape.fields.insert(name, fields(&interface.fields))),
                TypeKind::Scalar => drop(shape.inputs.insert(name, Input::Scalar)),
                TypeKind::Enum(values) => {
                    let values = values.values.iter().map(|value| value.node.value.node.to_string());
                    shape.inputs.insert(name, Input::Enum(values.collect()));
                }
                TypeKind::InputObject(object) => {
                    let fields = object.fields.iter().map(|field| {
                        let field = &field.node;
                        (field.name.node.to_string(), (field.ty.node.clone(), field.default_value.is_some()))
                    });
                    shape.inputs.insert(name, Input::Object(fields.collect()));
                }
                TypeKind::Union(_) => {}
            }
        }
        shape
    }
}

type Definitions = [async_graphql::Positioned<async_graphql::parser::types::FieldDefinition>];

fn fields(definitions: &Definitions) -> HashMap<String, Field> {
    let field = |field: &async_graphql::parser::types::FieldDefinition| {
        let pages = field.arguments.iter().any(|argument| argument.node.name.node == "first");
        let (of, is_list) = named(&field.ty.node);
        let many = match (pages, is_list) {
            (true, _) => Many::Page,
            (false, true) if field.arguments.iter().any(|argument| argument.node.name.node == "ids") => {
                Many::List
            }
            (false, _) => Many::One,
        };
        (field.name.node.to_string(), Field { of, many })
    };
    definitions.iter().map(|definition| field(&definition.node)).collect()
}

/// The name of a type without its lists, and whether it had any.
fn named(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}
