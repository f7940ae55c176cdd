//! Documents that differ only in their strings are prepared once.
//!
//! Clients that write ids into the text instead of using variables send a new document with each request, and parsing
//! and validating it takes longer than running it. [`mask`] finds the strings of a text without parsing it. If a text
//! with other strings of the same lengths was prepared and is valid, its strings become variables ([`lift`]) and the
//! new text runs as that document with its own strings as values. Positions in the text are the same for both.
//!
//! It is done only where validity can't depend on what a string contains: every string of the document is an argument
//! of type `ID` or `String`, or a part of one, in the only operation, a query; and no two are equal, since fields of
//! one name may be selected twice with equal arguments only.

use std::collections::HashSet;

use async_graphql::{
    Name, Pos, Positioned, Value as ConstValue, Variables,
    parser::types::{
        BaseType, DocumentOperations, ExecutableDocument, Field, OperationType, Selection, SelectionSet,
        Type, VariableDefinition,
    },
};
use async_graphql_value::Value;

use crate::shape::{Input, Shape};

/// A text without the contents of its strings, and those.
pub(crate) struct Masked<'t> {
    /// The text with each byte of each string replaced.
    pub text: String,
    pub strings: Vec<&'t str>,
}

impl Masked<'_> {
    /// Whether no two strings are equal.
    pub(crate) fn are_different(&self) -> bool {
        let mut seen = HashSet::new();
        self.strings.iter().all(|string| seen.insert(string))
    }
}

/// Finds the strings of a text. `None` if it has none, or if finding where they end takes more than looking for the
/// next quote: comments, block strings, escapes, line ends.
pub(crate) fn mask(text: &str) -> Option<Masked<'_>> {
    let mut parts = text.split('"');
    let first = parts.next()?;
    let (mut masked, mut strings) = (String::with_capacity(text.len()), Vec::new());
    let mut outside = first;
    loop {
        if outside.contains('#') {
            return None;
        }
        masked.push_str(outside);
        let Some(string) = parts.next() else { break };
        // Without a text behind it, the string is not closed.
        outside = parts.next()?;
        // An empty string may be the start of a block string.
        if string.is_empty() || string.bytes().any(|byte| matches!(byte, b'\\' | b'\n' | b'\r')) {
            return None;
        }
        masked.push('"');
        masked.extend(std::iter::repeat_n('*', string.len()));
        masked.push('"');
        strings.push(string);
    }
    (!strings.is_empty()).then_some(Masked { text: masked, strings })
}

/// The name of the variable for a string, by its position. No document can name it.
fn name(index: usize) -> Name {
    Name::new(index.to_string())
}

/// Adds a text's strings to the variables of a request.
pub(crate) fn add_to(variables: &mut Variables, strings: Vec<String>) {
    for (index, string) in strings.into_iter().enumerate() {
        variables.insert(name(index), ConstValue::String(string));
    }
}

/// The document with its strings as variables. `None` if its validity may depend on one of them.
pub(crate) fn lift(
    document: &ExecutableDocument,
    strings: &[&str],
    shape: &Shape,
) -> Option<ExecutableDocument> {
    if document.operations.iter().count() != 1 {
        return None;
    }
    let mut document = document.clone();
    let operation = match &mut document.operations {
        DocumentOperations::Single(operation) => operation,
        DocumentOperations::Multiple(operations) => operations.values_mut().next()?,
    };
    let operation = &mut operation.node;
    if operation.ty != OperationType::Query {
        return None;
    }
    let mut lift = Lift { shape, strings, found: Vec::new() };
    lift.selections(&mut operation.selection_set.node, "Query")?;
    if lift.found.len() != strings.len() {
        return None;
    }
    operation.variable_definitions.extend(lift.found);
    Some(document)
}

struct Lift<'a> {
    shape: &'a Shape,
    strings: &'a [&'a str],
    /// The variables for the strings that were found, in the order of the text.
    found: Vec<Positioned<VariableDefinition>>,
}

impl Lift<'_> {
    fn selections(&mut self, set: &mut SelectionSet, on: &str) -> Option<()> {
        set.items.iter_mut().try_for_each(|item| match &mut item.node {
            Selection::Field(field) => self.field(&mut field.node, on),
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                let on =
                    condition.map_or_else(|| on.to_owned(), |condition| condition.node.on.node.to_string());
                self.selections(&mut inline.node.selection_set.node, &on)
            }
            Selection::FragmentSpread(_) => Some(()),
        })
    }

    fn field(&mut self, field: &mut Field, on: &str) -> Option<()> {
        let shape = self.shape;
        let name = field.name.node.as_str();
        for (argument, value) in &mut field.arguments {
            if let Some((ty, _)) = shape.argument(on, name, &argument.node) {
                self.value(&mut value.node, value.pos, ty)?;
            }
        }
        let inner = shape.type_of(on, name).unwrap_or_default();
        self.selections(&mut field.selection_set.node, inner)
    }

    /// The first stage bounds the nesting of values.
    fn value(&mut self, value: &mut Value, at: Pos, expected: &Type) -> Option<()> {
        match (&mut *value, &expected.base) {
            (Value::String(string), BaseType::Named(of)) if matches!(of.as_str(), "ID" | "String") => {
                let index = self.found.len();
                if self.strings.get(index) != Some(&string.as_str()) {
                    return None;
                }
                *value = Value::Variable(name(index));
                let definition = VariableDefinition {
                    name: Positioned::new(name(index), at),
                    var_type: Positioned::new(expected.clone(), at),
                    directives: Vec::new(),
                    default_value: None,
                };
                self.found.push(Positioned::new(definition, at));
            }
            (Value::List(items), BaseType::List(of)) => {
                items.iter_mut().try_for_each(|item| self.value(item, at, of))?;
            }
            (Value::Object(fields), BaseType::Named(of)) => {
                let Some(Input::Object(known)) = self.shape.inputs.get(of.as_str()) else { return Some(()) };
                for (name, value) in fields {
                    if let Some((ty, _)) = known.get(name.as_str()) {
                        self.value(value, at, ty)?;
                    }
                }
            }
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "scalar Time input Filter { refIds: [String!] since: Time }
        type User { id: ID! name(of: String): String }
        type Query { user(id: ID!): User users(filter: Filter, since: Time, size: Int): [User!] }
        type Mutation { user(id: ID!): User }";

    fn lifted(text: &str) -> Option<(Vec<&str>, Vec<String>)> {
        let Masked { strings, .. } = mask(text).filter(Masked::are_different)?;
        let document = async_graphql::parser::parse_query(text).unwrap();
        let lifted = lift(&document, &strings, &Shape::of_sdl(SDL))?;
        let (_, operation) = lifted.operations.iter().next()?;
        let types = operation.node.variable_definitions.iter();
        Some((strings, types.map(|one| one.node.var_type.node.to_string()).collect()))
    }

    #[test]
    fn strings_of_ids_and_texts_become_variables_in_the_order_of_the_text() {
        let (strings, types) = lifted(
            r#"query Q($size: Int) { users(size: $size, filter: { refIds: ["a", "b"] }) { name(of: "c") } user(id: "d") { id } }"#,
        )
        .unwrap();
        assert_eq!(strings, ["a", "b", "c", "d"]);
        assert_eq!(types, ["Int", "String!", "String!", "String", "ID!"]);
    }

    #[test]
    fn a_document_stays_as_it_is_if_its_validity_may_depend_on_a_string() {
        for text in [
            // Of a type with a form of its own.
            r#"{ users(since: "2024") { id } }"#,
            r#"{ user(id: "a") { id } users(filter: { since: "2024" }) { id } }"#,
            // Of no type that the schema knows.
            r#"{ user(id: "a") { id @skip(if: "x") } }"#,
            r#"query($a: String = "a") { user(id: $a) { id } }"#,
            // In a fragment.
            r#"{ user(id: "a") { ...F } } fragment F on User { name(of: "b") }"#,
            // Equal arguments may be merged, others may not.
            r#"{ user(id: "a") { id } user(id: "a") { name } }"#,
            // What runs depends on the name of the operation.
            r#"query A { user(id: "a") { id } } query B { users { id } }"#,
            r#"mutation { user(id: "a") { id } }"#,
        ] {
            assert_eq!(lifted(text), None, "{text}");
        }
    }

    #[test]
    fn the_mask_keeps_everything_but_the_contents_of_strings() {
        let masked = |text| mask(text).map(|masked| masked.text);
        assert_eq!(masked(r#"{ a(b: "xyz", c: "ü") }"#).unwrap(), r#"{ a(b: "***", c: "**") }"#);
        for text in [
            "{ a }",
            r#"{ a(b: "") }"#,
            r#"{ a(b: """x""") }"#,
            r#"{ a(b: "x\"y") }"#,
            "{ a(b: \"x\ny\") }",
            "{ a(b: \"x) }",
            "{ a(b: \"x\") } # \"",
            "# \"\n{ a(b: \"x\") }",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
