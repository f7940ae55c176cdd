//! Checks variables at the positions where they are used.
//!
//! The library's rule rejects `[T]!` where `[T]` is expected and treats a default of `null` as a value. Its
//! errors are dropped, and the errors of this module replace them.
//!
//! Source: GraphQL specification, "All Variable Usages Are Allowed".

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use async_graphql::{
    Name, Pos, Positioned, ServerError,
    parser::types::{
        BaseType, Directive, ExecutableDocument, Field, OperationType, Selection, SelectionSet, Type,
        VariableDefinition,
    },
};
use async_graphql_value::{ConstValue, Value};

use crate::shape::{Input, Shape};

/// The type of the argument of `@skip` and `@include`.
static CONDITION: LazyLock<Option<Type>> = LazyLock::new(|| Type::new("Boolean!"));
/// The type of the argument of `__type`.
static TYPE_NAME: LazyLock<Option<Type>> = LazyLock::new(|| Type::new("String!"));
/// The type of the argument of `__Type.fields`, `__Type.enumValues` and similar fields.
static INCLUDE_DEPRECATED: LazyLock<Option<Type>> = LazyLock::new(|| Type::new("Boolean"));

/// One use of a variable.
struct Usage<'a> {
    name: &'a Name,
    at: Pos,
    expected: &'a Type,
    /// Whether the argument or the input field has a default.
    has_default: bool,
}

/// The uses of variables in one operation or one fragment, without those in the fragments that it spreads.
#[derive(Default)]
struct Part<'a> {
    usages: Vec<Usage<'a>>,
    spreads: Vec<&'a Name>,
}

/// The uses of variables that their types do not allow, each as a validation error.
///
/// Each operation and each fragment is walked once. The work is bounded by the number of operations times the
/// length of the document, both of which the guard limits.
#[must_use]
pub fn misplaced(document: &ExecutableDocument, shape: &Shape) -> Vec<ServerError> {
    let fragments: HashMap<&Name, Part<'_>> = document
        .fragments
        .iter()
        .map(|(name, fragment)| {
            let mut part = Part::default();
            part.directives(&fragment.node.directives);
            let on = fragment.node.type_condition.node.on.node.as_str();
            part.selections(shape, &fragment.node.selection_set.node, on);
            (name, part)
        })
        .collect();
    let mut errors = Vec::new();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut part = Part::default();
        part.directives(&operation.directives);
        let root = match operation.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        part.selections(shape, &operation.selection_set.node, root);
        let definitions: HashMap<&Name, &Positioned<VariableDefinition>> =
            operation.variable_definitions.iter().map(|one| (&one.node.name.node, one)).collect();
        let (mut seen, mut waiting) = (HashSet::new(), vec![&part]);
        while let Some(part) = waiting.pop() {
            for usage in &part.usages {
                // Another rule checks that variables are declared.
                let Some(definition) = definitions.get(usage.name) else { continue };
                if !is_allowed(&definition.node, usage) {
                    errors.push(error(definition, usage));
                }
            }
            let spread = part.spreads.iter().filter(|name| seen.insert(**name));
            waiting.extend(spread.filter_map(|name| fragments.get(*name)));
        }
    }
    errors
}

/// Whether an error comes from the library's rule that this module replaces.
#[must_use]
pub fn is_replaced(error: &ServerError) -> bool {
    error.message.starts_with("Variable \"")
        && error.message.contains("\" used in position expecting type \"")
}

fn error(definition: &Positioned<VariableDefinition>, usage: &Usage<'_>) -> ServerError {
    let (name, ty) = (usage.name, &definition.node.var_type.node);
    let text = format!(
        "the variable `${name}` of type `{ty}` is used where `{}` is expected: declare it as that type",
        usage.expected
    );
    let mut error = ServerError::new(text, Some(usage.at));
    error.locations.push(definition.pos);
    error
}

fn is_allowed(definition: &VariableDefinition, usage: &Usage<'_>) -> bool {
    let ty = &definition.var_type.node;
    if usage.expected.nullable || !ty.nullable {
        return is_subtype(ty, usage.expected);
    }
    let default = definition.default_value.as_ref().map(|default| &default.node);
    let has_value = default.is_some_and(|default| *default != ConstValue::Null);
    (has_value || usage.has_default) && is_base_subtype(&ty.base, &usage.expected.base)
}

fn is_subtype(ty: &Type, expected: &Type) -> bool {
    (expected.nullable || !ty.nullable) && is_base_subtype(&ty.base, &expected.base)
}

fn is_base_subtype(ty: &BaseType, expected: &BaseType) -> bool {
    match (ty, expected) {
        (BaseType::Named(ty), BaseType::Named(expected)) => ty == expected,
        (BaseType::List(ty), BaseType::List(expected)) => is_subtype(ty, expected),
        (BaseType::Named(_), BaseType::List(_)) | (BaseType::List(_), BaseType::Named(_)) => false,
    }
}

impl<'a> Part<'a> {
    /// `of` is the type of the fields; a name without a type in introspection.
    fn selections(&mut self, shape: &'a Shape, set: &'a SelectionSet, of: &str) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(shape, &field.node, of),
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.node.directives);
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
                    self.selections(shape, &inline.node.selection_set.node, of);
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives);
                    self.spreads.push(&spread.node.fragment_name.node);
                }
            }
        }
    }

    fn field(&mut self, shape: &'a Shape, field: &'a Field, of: &str) {
        self.directives(&field.directives);
        let name = field.name.node.as_str();
        for (argument, value) in &field.arguments {
            let known = match (name, argument.node.as_str()) {
                ("__type", "name") => TYPE_NAME.as_ref().map(|ty| (ty, false)),
                (_, "includeDeprecated") => INCLUDE_DEPRECATED.as_ref().map(|ty| (ty, true)),
                (_, argument) => shape.argument(of, name, argument),
            };
            if let Some((ty, has_default)) = known {
                self.value(shape, &value.node, value.pos, ty, has_default);
            }
        }
        let inner = shape.type_of(of, name).unwrap_or_default();
        self.selections(shape, &field.selection_set.node, inner);
    }

    fn directives(&mut self, directives: &'a [Positioned<Directive>]) {
        let known = directives.iter().filter(|one| matches!(one.node.name.node.as_str(), "skip" | "include"));
        for (name, value) in known.flat_map(|directive| &directive.node.arguments) {
            if let (Value::Variable(variable), "if", Some(expected)) =
                (&value.node, name.node.as_str(), CONDITION.as_ref())
            {
                self.usages.push(Usage { name: variable, at: value.pos, expected, has_default: false });
            }
        }
    }

    /// Collects the variables in a value of an expected type. The guard limits the nesting of values.
    fn value(&mut self, shape: &'a Shape, value: &'a Value, at: Pos, expected: &'a Type, has_default: bool) {
        match (value, &expected.base) {
            (Value::Variable(name), _) => self.usages.push(Usage { name, at, expected, has_default }),
            (Value::List(items), BaseType::List(of)) => {
                for item in items {
                    self.value(shape, item, at, of, false);
                }
            }
            // A single object is coerced to a list of one.
            (Value::Object(_), BaseType::List(of)) => self.value(shape, value, at, of, false),
            (Value::Object(fields), BaseType::Named(name)) => {
                let Some(Input::Object(known)) = shape.inputs.get(name.as_str()) else { return };
                for (name, value) in fields {
                    if let Some((ty, has_default)) = known.get(name.as_str()) {
                        self.value(shape, value, at, ty, *has_default);
                    }
                }
            }
            _ => {}
        }
    }
}
