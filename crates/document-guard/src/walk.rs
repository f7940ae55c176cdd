//! Walks over a parsed document that need no earlier measurements.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::shape::Shape;
use crate::{GuardError, LimitKind, Limits, error::over};

/// Rejects a count that exceeds its limit.
pub(crate) fn limit(
    what: &'static str,
    counted: u64,
    most: u64,
    setting: &'static str,
    kind: LimitKind,
) -> Result<(), GuardError> {
    if counted <= most {
        return Ok(());
    }
    let what = if counted == u64::MAX { what.to_owned() } else { format!("{what} ({counted})") };
    Err(over(what, most, setting, kind))
}

/// Checks a literal in the document. The first stage bounded its nesting, and with it the recursion.
pub(crate) fn literal(value: &Value, limits: &Limits) -> Result<(), GuardError> {
    match value {
        Value::List(items) => {
            limit("a list has too many items", items.len() as u64, limits.list, "list", LimitKind::Input)?;
            items.iter().try_for_each(|item| literal(item, limits))
        }
        Value::Object(fields) => fields.values().try_for_each(|field| literal(field, limits)),
        Value::String(text) => {
            limit("a string has too many bytes", text.len() as u64, limits.text, "text", LimitKind::Input)
        }
        _ => Ok(()),
    }
}

/// The aliases in a selection itself, without those in the fragments it spreads.
pub(crate) fn own_aliases(set: &SelectionSet) -> u64 {
    set.items.iter().fold(0, |sum, item| {
        sum + match &item.node {
            Selection::Field(field) => {
                u64::from(field.node.alias.is_some()) + own_aliases(&field.node.selection_set.node)
            }
            Selection::InlineFragment(inline) => own_aliases(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => 0,
        }
    })
}

/// Stops counting above `most`. This bounds the walk, because a fragment may be spread many times.
pub(crate) fn root_fields(document: &ExecutableDocument, set: &SelectionSet, mut sum: u64, most: u64) -> u64 {
    for item in &set.items {
        if sum > most {
            break;
        }
        sum = match &item.node {
            Selection::Field(_) => sum + 1,
            Selection::InlineFragment(inline) => {
                root_fields(document, &inline.node.selection_set.node, sum, most)
            }
            Selection::FragmentSpread(spread) => {
                match document.fragments.get(&spread.node.fragment_name.node) {
                    Some(fragment) => root_fields(document, &fragment.node.selection_set.node, sum, most),
                    None => sum,
                }
            }
        };
    }
    sum
}

/// Nesting depth of introspection lists, and the number of fields they return, with nested lists multiplied.
/// Cycles of fragments were rejected before.
pub(crate) fn described<'a>(
    document: &'a ExecutableDocument,
    shape: &Shape,
    set: &'a SelectionSet,
    known: &mut HashMap<&'a Name, (u64, u64)>,
) -> (u64, u64) {
    let (mut most, mut sum) = (0, 0_u64);
    for item in &set.items {
        let (lists, fields) = match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                let (lists, fields) = described(document, shape, &field.node.selection_set.node, known);
                let multiplies = matches!(name, "fields" | "inputFields" | "interfaces" | "possibleTypes");
                let times = shape.described(name).unwrap_or(1);
                (lists + u64::from(multiplies), fields.saturating_mul(times).saturating_add(1))
            }
            Selection::InlineFragment(inline) => {
                described(document, shape, &inline.node.selection_set.node, known)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                match (known.get(name), document.fragments.get(name)) {
                    (Some(known), _) => *known,
                    (None, Some(fragment)) => {
                        let found = described(document, shape, &fragment.node.selection_set.node, known);
                        known.insert(name, found);
                        found
                    }
                    (None, None) => (0, 0),
                }
            }
        };
        most = most.max(lists);
        sum = sum.saturating_add(fields);
    }
    (most, sum)
}

/// Rejects repeated fields: the specification runs each field of a mutation once, but the library runs a
/// repeated one twice.
pub(crate) fn refuse_repeats(set: &SelectionSet) -> Result<(), GuardError> {
    let mut seen: Vec<&Field> = Vec::new();
    for item in &set.items {
        let Selection::Field(Positioned { node: field, .. }) = &item.node else {
            return Err(GuardError::Invalid(
                "write the root fields of a mutation without fragments".to_owned(),
            ));
        };
        if seen.iter().any(|other| other.response_key().node == field.response_key().node) {
            let name = &field.response_key().node;
            return Err(GuardError::Invalid(format!(
                "the mutation selects `{name}` twice: give one of them an alias"
            )));
        }
        seen.push(field);
    }
    Ok(())
}

/// A subscription has one root field (specification, 5.2.3.1). The library looks for it only there, not in
/// fragments.
pub(crate) fn one_root_field(set: &SelectionSet) -> Result<(), GuardError> {
    match set.items.as_slice() {
        [Positioned { node: Selection::Field(field), .. }] if !field.node.name.node.starts_with("__") => {
            Ok(())
        }
        _ => {
            let text = "a subscription must have exactly one root field, outside of fragments";
            Err(GuardError::Invalid(text.to_owned()))
        }
    }
}
