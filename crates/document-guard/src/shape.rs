use std::collections::HashMap;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, InterfaceType, ObjectType, Type, TypeKind, TypeSystemDefinition},
};

/// The parts of the schema that the guard needs: which fields return lists, and what variables may contain.
#[derive(Debug, Default)]
pub struct Shape {
    pub(crate) fields: HashMap<String, HashMap<String, Field>>,
    pub(crate) inputs: HashMap<String, Input>,
    /// The object types of each interface and union.
    members: HashMap<String, Vec<String>>,
    described: Described,
}

/// Size of the schema's introspection: totals of each kind over all types.
#[derive(Debug, Default)]
struct Described {
    types: u64,
    fields: u64,
    arguments: u64,
    input_fields: u64,
    enum_values: u64,
}

/// Types that every schema has and SDL does not print: five scalars, and the eight introspection types.
const BUILT_IN: u64 = 5 + 8;

/// A field, as far as needed for its cost.
#[derive(Debug)]
pub(crate) struct Field {
    /// The type of its selections.
    pub of: String,
    pub many: Many,
    /// Its arguments, and whether each has a default.
    arguments: HashMap<String, (Type, bool)>,
}

/// How many objects a field can return for each parent object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Many {
    One,
    /// A connection: as many as its page arguments request.
    Page,
    /// A list: as many as the ids given to it.
    List,
}

/// What a variable of a type may contain.
#[derive(Debug)]
pub(crate) enum Input {
    Scalar,
    Enum(Vec<String>),
    /// Its fields, and whether each has a default.
    Object(HashMap<String, (Type, bool)>),
}

impl Shape {
    /// Reads a schema from SDL.
    ///
    /// # Panics
    ///
    /// If the text is not SDL; it is printed by the same library from our own types.
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
            shape.described.count(&definition.node.kind);
            match definition.node.kind {
                TypeKind::Object(object) => {
                    for interface in &object.implements {
                        let of = shape.members.entry(interface.node.to_string()).or_default();
                        of.push(name.clone());
                    }
                    shape.fields.insert(name, fields(&object.fields));
                }
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
                TypeKind::Union(union) => {
                    let members = union.members.iter().map(|member| member.node.to_string());
                    shape.members.insert(name, members.collect());
                }
            }
        }
        shape.described.types += BUILT_IN;
        shape
    }

    /// The object types of an interface or union; none for other types.
    pub(crate) fn members(&self, of: &str) -> impl Iterator<Item = &str> {
        self.members.get(of).into_iter().flatten().map(String::as_str)
    }

    /// The type of a field's selections.
    pub(crate) fn type_of(&self, on: &str, field: &str) -> Option<&str> {
        Some(self.fields.get(on)?.get(field)?.of.as_str())
    }

    /// The type of an argument, and whether it has a default.
    pub(crate) fn argument(&self, on: &str, field: &str, argument: &str) -> Option<(&Type, bool)> {
        let (ty, has_default) = self.fields.get(on)?.get(field)?.arguments.get(argument)?;
        Some((ty, *has_default))
    }

    /// Average number of items of an introspection list; `None` for other fields.
    pub(crate) fn described(&self, field: &str) -> Option<u64> {
        let Described { types, fields, arguments, input_fields, enum_values } = self.described;
        let average = |of: u64, each: u64| Some(of.div_ceil(each.max(1)).max(1));
        match field {
            "types" => Some(types),
            "directives" => Some(8),
            "fields" => average(fields, types),
            "args" => average(arguments, fields),
            "inputFields" => average(input_fields, types),
            "enumValues" => average(enum_values, types),
            "interfaces" | "possibleTypes" => Some(1),
            _ => None,
        }
    }
}

impl Described {
    fn count(&mut self, kind: &TypeKind) {
        self.types += 1;
        match kind {
            TypeKind::Object(ObjectType { fields, .. })
            | TypeKind::Interface(InterfaceType { fields, .. }) => {
                self.fields += fields.len() as u64;
                self.arguments += fields.iter().map(|field| field.node.arguments.len() as u64).sum::<u64>();
            }
            TypeKind::InputObject(object) => self.input_fields += object.fields.len() as u64,
            TypeKind::Enum(values) => self.enum_values += values.values.len() as u64,
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
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
        let arguments = field.arguments.iter().map(|argument| {
            let argument = &argument.node;
            (argument.name.node.to_string(), (argument.ty.node.clone(), argument.default_value.is_some()))
        });
        (field.name.node.to_string(), Field { of, many, arguments: arguments.collect() })
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
