use async_graphql::{
    Name, Value, Variables,
    parser::types::{BaseType, OperationDefinition, Type},
};

use crate::shape::{Input, Shape};
use crate::{GuardError, LimitKind, Limits, error::over};

/// The values of an operation's variables: those of the request, and defaults for the others.
///
/// Checks them against their types and the limits of lists and strings, so that a validated document needs no
/// further validation with other values.
///
/// Source: GraphQL specification, "Coercing Variable Values".
///
/// # Errors
///
/// [`GuardError::Invalid`] for a value that is not of its type, [`GuardError::Limit`] for one that exceeds a
/// limit.
pub fn check(
    operation: &OperationDefinition,
    mut given: Variables,
    shape: &Shape,
    limits: &Limits,
) -> Result<Variables, GuardError> {
    let mut values = Variables::default();
    for definition in &operation.variable_definitions {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        let value = match (given.remove(name), definition.node.default_value()) {
            (Some(value), _) => value,
            (None, Some(default)) => default.clone(),
            (None, None) if ty.nullable => continue,
            (None, None) => return Err(wrong(name, "a value is required")),
        };
        conforms(&value, ty, shape, limits).map_err(|error| match error {
            Wrong::Type(expected) => wrong(name, &expected),
            Wrong::Limit(error) => error,
        })?;
        values.insert(name.clone(), value);
    }
    Ok(values)
}

fn wrong(name: &Name, expected: &str) -> GuardError {
    GuardError::Invalid(format!("invalid variable `${name}`: {expected}"))
}

enum Wrong {
    Type(String),
    Limit(GuardError),
}

/// Recursion is bounded, because the JSON parser limits nesting.
fn conforms(value: &Value, ty: &Type, shape: &Shape, limits: &Limits) -> Result<(), Wrong> {
    if let Value::String(text) = value {
        at_most("a string has too many bytes", text.len(), limits.text, "text")?;
    }
    match (value, &ty.base) {
        (Value::Null, _) if ty.nullable => Ok(()),
        (Value::Null, _) => Err(Wrong::Type("it must not be null".to_owned())),
        (Value::List(items), BaseType::List(of)) => {
            at_most("a list has too many items", items.len(), limits.list, "list")?;
            items.iter().try_for_each(|item| conforms(item, of, shape, limits))
        }
        // A single value is coerced to a list of one.
        (value, BaseType::List(of)) => conforms(value, of, shape, limits),
        (value, BaseType::Named(name)) => named(value, name, shape, limits),
    }
}

fn named(value: &Value, name: &Name, shape: &Shape, limits: &Limits) -> Result<(), Wrong> {
    let expected = |what: String| Err(Wrong::Type(what));
    match (shape.inputs.get(name.as_str()), value) {
        // Not an input type, or unknown: validation reports it.
        (None, _) => Ok(()),
        (Some(Input::Scalar), value) => {
            let fits = match name.as_str() {
                "Int" => matches!(value, Value::Number(number) if is_int(number)),
                "Float" => matches!(value, Value::Number(_)),
                "String" => matches!(value, Value::String(_)),
                "Boolean" => matches!(value, Value::Boolean(_)),
                "ID" => match value {
                    Value::String(_) => true,
                    Value::Number(number) => number.is_i64(),
                    _ => false,
                },
                // Custom scalars validate their values themselves.
                _ => true,
            };
            if fits { Ok(()) } else { expected(format!("a value of type `{name}` is required")) }
        }
        // JSON has a string for an enum value; a default in the document has a name.
        (Some(Input::Enum(values)), Value::String(text)) if values.contains(text) => Ok(()),
        (Some(Input::Enum(values)), Value::Enum(name))
            if values.iter().any(|value| value == name.as_str()) =>
        {
            Ok(())
        }
        (Some(Input::Enum(values)), _) => expected(format!("one of {} is required", values.join(", "))),
        (Some(Input::Object(fields)), Value::Object(given)) => {
            if let Some(unknown) = given.keys().find(|key| !fields.contains_key(key.as_str())) {
                return expected(format!("`{name}` has no field `{unknown}`"));
            }
            for (field, (ty, has_default)) in fields {
                match given.get(field.as_str()) {
                    Some(value) => conforms(value, ty, shape, limits)?,
                    None if ty.nullable || *has_default => {}
                    None => return expected(format!("`{name}` needs the field `{field}`")),
                }
            }
            Ok(())
        }
        (Some(Input::Object(_)), _) => expected(format!("an object of type `{name}` is required")),
    }
}

/// GraphQL's `Int` has 32 bits.
fn is_int(number: &async_graphql::Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

fn at_most(what: &str, counted: usize, most: u64, setting: &'static str) -> Result<(), Wrong> {
    if counted as u64 <= most {
        return Ok(());
    }
    Err(Wrong::Limit(over(format!("{what} ({counted})"), most, setting, LimitKind::Input)))
}
