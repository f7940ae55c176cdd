//! Documents are scanned before they are parsed. No accepted document nests deeper than allowed.

use std::sync::LazyLock;

use async_graphql::Positioned;
use async_graphql::parser::types::{BaseType, Directive, ExecutableDocument, Selection, SelectionSet, Type};
use async_graphql_value::Value;
use document_guard::{Documents, Limits, Shape};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree};

/// Low enough for random documents to exceed it.
const NESTING: u64 = 6;

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let limits = Limits { nesting: NESTING, ..Limits::default() };
    Documents::new(Shape::of_sdl("type Query { a: Int }").into(), limits, |_, _| None)
});

/// Nested open brackets of a parsed document, by its tree: strings and comments do not count.
fn nesting(document: &ExecutableDocument) -> u64 {
    let operations = document.operations.iter().map(|(_, operation)| {
        let variables = operation.node.variable_definitions.iter().map(|variable| {
            let default = variable
                .node
                .default_value
                .as_ref()
                .map_or(0, |value| of_value(&value.node.clone().into_value()));
            1 + of_type(&variable.node.var_type.node)
                .max(default)
                .max(of_directives(&variable.node.directives))
        });
        let own = of_set(&operation.node.selection_set.node).max(of_directives(&operation.node.directives));
        own.max(variables.max().unwrap_or(0))
    });
    let fragments = document.fragments.values().map(|fragment| {
        of_set(&fragment.node.selection_set.node).max(of_directives(&fragment.node.directives))
    });
    operations.chain(fragments).max().unwrap_or(0)
}

fn of_set(set: &SelectionSet) -> u64 {
    let inner = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => {
            let field = &field.node;
            let arguments =
                field.arguments.iter().map(|(_, value)| 1 + of_value(&value.node)).max().unwrap_or(0);
            of_set(&field.selection_set.node).max(arguments).max(of_directives(&field.directives))
        }
        Selection::InlineFragment(inline) => {
            of_set(&inline.node.selection_set.node).max(of_directives(&inline.node.directives))
        }
        Selection::FragmentSpread(spread) => of_directives(&spread.node.directives),
    });
    inner.max().map_or(0, |inner| 1 + inner)
}

fn of_directives(directives: &[Positioned<Directive>]) -> u64 {
    let arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
    arguments.map(|(_, value)| 1 + of_value(&value.node)).max().unwrap_or(0)
}

fn of_value(value: &Value) -> u64 {
    match value {
        Value::List(items) => 1 + items.iter().map(of_value).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(of_value).max().unwrap_or(0),
        _ => 0,
    }
}

fn of_type(ty: &Type) -> u64 {
    match &ty.base {
        BaseType::Named(_) => 0,
        BaseType::List(of) => 1 + of_type(of),
    }
}

/// Texts that a scanner and a parser may interpret differently.
fn awkward() -> impl Strategy<Value = String> {
    let texts = [
        "1",
        "-1.5e3",
        "$v",
        "ENUM",
        "null",
        "\"\"",
        "\"[\"",
        "\"\\\"[\"",
        "\"\\\\\"",
        "\"#\"",
        "\"\\u005B\"",
        "\"é[\"",
        "\"\"\"[\"\"\"",
        "\"\"\" \\\"\"\" [ \"\"\"",
        "\"\"\"\"\"\"",
        "\"\"\"\"[\"\"\"",
        "\"\"\"x\"",
        "\"\"\"\n[\n\"\"\"",
        "\"\"\"\\\"\"\"",
        "#[\n1",
        "# \"\n1",
        "#\"\"\"\n\"\"",
        "#\r[]",
        "\u{feff}1",
        "\"\" \"\"",
    ];
    select(texts.to_vec()).prop_map(str::to_owned)
}

/// A value of awkward texts, lists and objects, nested up to a few levels deeper than allowed.
fn value() -> impl Strategy<Value = String> {
    awkward().prop_recursive(8, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" "))),
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.concat())),
            vec(inner, 0..3).prop_map(|items| {
                let fields: Vec<_> =
                    items.iter().enumerate().map(|(n, item)| format!("f{n}:{item}")).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}

fn document() -> impl Strategy<Value = String> {
    let shape = [
        "{a(b:VALUE)}",
        "{a@b(c:VALUE){d}}",
        "query($v:[[Int!]]!=VALUE){a}",
        "fragment F on A{...{a(b:VALUE)}} {...F}",
        "{...@b(c:VALUE){a}}",
        "{a{a{a{a(b:VALUE)}}}}",
        "{...F@b(c:VALUE) a(b:VALUE)}",
    ];
    (select(shape.to_vec()), value()).prop_map(|(shape, value)| shape.replace("VALUE", &value))
}

/// Tokens and parts of tokens in any order.
fn soup() -> impl Strategy<Value = String> {
    let tokens = [
        "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "\\", "\\\"", "#", "\n", "\r", " ", ",", "a", "a:",
        "$", "@", "...", "on A", "query", "fragment", "=", "!", "1", "é", "\u{feff}", "\u{0}", "&", "|",
    ];
    vec(select(tokens.to_vec()), 0..60).prop_map(|tokens| tokens.concat())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    if let Ok(document) = DOCUMENTS.prepare(text) {
        let found = nesting(document.document.parsed());
        prop_assert!(found <= NESTING, "{found} brackets came through in {text}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_accepted_document_exceeds_the_allowed_depth(text in document()) {
        holds(&text)?;
    }

    #[test]
    fn no_text_causes_a_panic(text in prop_oneof![soup(), any::<String>()]) {
        holds(&text)?;
    }
}

/// The properties above would also hold for a guard that rejects everything.
#[test]
fn many_random_documents_are_accepted() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let passed = (0..400).filter(|_| {
        let text = document().new_tree(&mut runner).unwrap().current();
        DOCUMENTS.prepare(&text).is_ok()
    });
    assert!(passed.count() > 50);
}
