//! Every limit of a document: a document at the limit is accepted, one over it is rejected with the name and
//! number.

use serde_json::{Value, json};

use super::{refused, start};

const COMPLEX: &str = "QUERY_TOO_COMPLEX";
const DEEP: &str = "QUERY_TOO_DEEP";
const LARGE: &str = "DOCUMENT_TOO_LARGE";
const INPUT: &str = "BAD_USER_INPUT";

/// A chain of fields with this many levels, ending in a leaf.
fn deep(levels: usize) -> String {
    let steps =
        [("user", "id"), ("identifications(first: 1)", "totalCount"), ("edges", "cursor"), ("node", "id")];
    let path: Vec<_> = steps.iter().cycle().skip(1).take(levels - 2).collect();
    let names: Vec<_> = path.iter().map(|(name, _)| *name).collect();
    let leaf = path.last().unwrap().1;
    format!("{{ user(id: \"x\") {{ {} {{ {leaf} }} {} }}", names.join(" { "), "} ".repeat(levels - 2))
}

/// The same text, repeated.
fn many(times: usize, of: impl Fn(usize) -> String) -> String {
    (0..times).map(of).collect::<Vec<_>>().join(" ")
}

fn ids(times: usize) -> String {
    many(times, |_| "\"x\"".to_owned())
}

#[tokio::test]
async fn a_document_at_each_limit_is_accepted() {
    let app = start().await;
    for (document, variables) in [
        (deep(15), json!({})),
        (format!("{{ {} }}", many(10, |n| format!("a{n}: viewer {{ permissions }}"))), json!({})),
        (format!("{{ viewer {{ {} }} }}", many(30, |n| format!("a{n}: permissions"))), json!({})),
        (format!("{{ viewer {{ {} }} }}", many(999, |_| "permissions".to_owned())), json!({})),
        (format!("{{ nodes(ids: [{}]) {{ id }} }}", ids(100)), json!({})),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }".to_owned(), json!({ "ids": vec!["x"; 100] })),
        (format!("{{ user(id: \"{}\") {{ id }} }}", "x".repeat(4096)), json!({})),
        (
            format!(
                "{{ viewer {{ permissions {} }} }}",
                many(20, |_| "permissions @skip(if: false)".to_owned())
            ),
            json!({}),
        ),
        (format!("{}{{ viewer {{ permissions }} }}", " ".repeat(16 * 1024 - 26)), json!({})),
        (
            // 100 users with 100 identifications each, and another 98 of each of them.
            "{ users(first: 100) { edges { node { identifications(first: 100) { edges { node { id } } }
               more: identifications(first: 98) { totalCount } } } } }"
                .to_owned(),
            json!({}),
        ),
    ] {
        let body = app.run_as(&app.token, &document, variables).await;
        let shown: String = document.chars().take(200).collect();
        assert_eq!(body.get("errors"), None, "{shown}");
    }
}

#[tokio::test]
async fn a_document_one_over_a_limit_is_rejected_with_its_name_and_number() {
    let app = start().await;
    let operations = many(6, |n| format!("query Q{n} {{ viewer {{ permissions }} }}"));
    let fragments = many(31, |n| format!("fragment F{n} on Query {{ __typename }}"));
    let spreads = many(31, |n| format!("...F{n}"));
    let variables = many(51, |n| format!("$v{n}: Int"));
    refused(
        &app,
        vec![
            (
                format!("{}{{ viewer {{ permissions }} }}", " ".repeat(16 * 1024 - 25)),
                json!({}),
                LARGE,
                "the document has 16385 bytes: the limit is 16384 (`limits.document`)",
            ),
            (
                format!("{{ viewer {{ {} }} }}", many(1996, |_| "a".to_owned())),
                json!({}),
                LARGE,
                "the document has too many tokens: the limit is 2000 (`limits.tokens`)",
            ),
            (
                format!("{{ viewer {{ permissions {} }} }}", "@include(if: true) ".repeat(21)),
                json!({}),
                LARGE,
                "the document has too many directives: the limit is 20 (`limits.directives`)",
            ),
            (
                format!("{{ a(b: {}{}) }}", "[".repeat(39), "]".repeat(39)),
                json!({}),
                LARGE,
                "the document nests brackets too deep: the limit is 40 (`limits.nesting`)",
            ),
            (
                format!("{fragments} {{ {spreads} }}"),
                json!({}),
                LARGE,
                "the document has too many fragments (31): the limit is 30 (`limits.fragments`)",
            ),
            (
                format!("query ({variables}) {{ viewer {{ permissions }} }}"),
                json!({}),
                LARGE,
                "the operation has too many variables (51): the limit is 50 (`limits.variables`)",
            ),
            (
                deep(16),
                json!({}),
                DEEP,
                "the operation nests its fields too deep (16): the limit is 15 (`limits.depth`)",
            ),
            (
                format!("{{ viewer {{ {} }} }}", many(1000, |_| "permissions".to_owned())),
                json!({}),
                COMPLEX,
                "the operation is too complex (1001): the limit is 1000 (`limits.complexity`)",
            ),
            (
                format!("{{ {} }}", many(11, |n| format!("a{n}: viewer {{ permissions }}"))),
                json!({}),
                COMPLEX,
                "the operation has too many root fields (11): the limit is 10 (`limits.root_fields`)",
            ),
            (
                format!("{{ viewer {{ {} }} }}", many(31, |n| format!("a{n}: permissions"))),
                json!({}),
                COMPLEX,
                "the document has too many aliases (31): the limit is 30 (`limits.aliases`)",
            ),
        ],
    )
    .await;
    // The operation to run is selected before the limits, so this request names it.
    let answer = app.post(&app.token, &json!({ "query": operations, "operationName": "Q0" })).await;
    let message = "the document has too many operations (6): the limit is 5 (`limits.operations`)";
    let expected = json!({ "errors": [{ "message": message, "extensions": { "code": LARGE } }] });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn root_fields_are_counted_through_fragments_and_aliases() {
    let app = start().await;
    let four = many(4, |_| "viewer { permissions }".to_owned());
    let over = |counted| {
        format!("the operation has too many root fields ({counted}): the limit is 10 (`limits.root_fields`)")
    };
    for document in [
        format!("fragment F on Query {{ {four} }} {{ ...F ...F ...F }}"),
        format!("{{ ... {{ {four} }} ... on Query {{ {four} }} {four} }}"),
        format!(
            "fragment F on Query {{ {four} ... {{ {four} }} }} fragment G on Query {{ ...F {four} }} {{ ...G }}"
        ),
    ] {
        refused(&app, vec![(document, json!({}), COMPLEX, &over(11))]).await;
    }
}

#[tokio::test]
async fn input_lists_and_strings_are_limited_in_literals_and_variables() {
    let app = start().await;
    let list = "a list has too many items (101): the limit is 100 (`limits.list`)";
    let text = "a string has too many bytes (4097): the limit is 4096 (`limits.text`)";
    let long = "x".repeat(4097);
    let tags = many(101, |_| "\"x\"".to_owned());
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let filtered = "query ($f: UserFiltersInput) { users(filters: $f) { totalCount } }";
    let one = "query ($id: String!) { user(id: $id) { id } }";
    refused(
        &app,
        vec![
            (format!("{{ nodes(ids: [{}]) {{ id }} }}", ids(101)), json!({}), INPUT, list),
            (nodes.to_owned(), json!({ "ids": vec!["x"; 101] }), INPUT, list),
            (
                format!("query ($ids: [ID!]! = [{tags}]) {{ nodes(ids: $ids) {{ id }} }}"),
                json!({}),
                INPUT,
                list,
            ),
            (format!("{{ users(filters: {{ tags: [{tags}] }}) {{ totalCount }} }}"), json!({}), INPUT, list),
            (filtered.to_owned(), json!({ "f": { "tags": vec!["x"; 101] } }), INPUT, list),
            (format!("{{ user(id: \"{long}\") {{ id }} }}"), json!({}), INPUT, text),
            (format!("{{ user(id: \"\"\"{long}\"\"\") {{ id }} }}"), json!({}), INPUT, text),
            (
                format!("{{ users(filters: {{ tags: [\"{long}\"] }}) {{ totalCount }} }}"),
                json!({}),
                INPUT,
                text,
            ),
            (format!("{{ __type(name: \"{long}\") {{ name }} }}"), json!({}), INPUT, text),
            (one.to_owned(), json!({ "id": long }), INPUT, text),
            (filtered.to_owned(), json!({ "f": { "tags": [long] } }), INPUT, text),
            (
                format!("query ($id: String! = \"{long}\") {{ user(id: $id) {{ id }} }}"),
                json!({}),
                INPUT,
                text,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn sizes_of_nested_lists_are_multiplied_for_every_form_of_page_argument() {
    let app = start().await;
    let inner = "edges { node { identifications(first: 100) { edges { node { user { id
                 identifications(first: 3) { totalCount } } } } } } }";
    let over = |nodes: u64| {
        format!(
            "the operation's lists can return too many objects ({nodes}): the limit is 20000 (`limits.nodes`)"
        )
    };
    let forty = 100 + 100 * 100 + 100 * 100 * 3;
    for (document, variables, nodes) in [
        (format!("{{ users(first: 100) {{ {inner} }} }}"), json!({}), forty),
        (format!("{{ users(last: 100) {{ {inner} }} }}"), json!({}), forty),
        (format!("query ($n: Int) {{ users(first: $n) {{ {inner} }} }}"), json!({ "n": 100 }), forty),
        (format!("query ($n: Int = 100) {{ users(first: $n) {{ {inner} }} }}"), json!({}), forty),
        (format!("query ($n: Int! = 100) {{ users(last: $n) {{ {inner} }} }}"), json!({ "n": 100 }), forty),
        // A size over the maximum counts as the maximum, and the field rejects it; the default page size is
        // 50.
        (format!("{{ users(first: 2147483647) {{ {inner} }} }}"), json!({}), forty),
        (format!("query ($n: Int) {{ users(first: $n) {{ {inner} }} }}"), json!({}), forty / 2),
        (format!("query ($n: Int) {{ users(first: $n) {{ {inner} }} }}"), json!({ "n": null }), forty / 2),
        (
            format!("fragment F on UserConnection {{ {inner} }} {{ users(first: 50) {{ ...F }} }}"),
            json!({}),
            forty / 2,
        ),
        (
            "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { identifications(first: 100)
                 { edges { node { user { identifications(first: 2) { totalCount } } } } } } } }"
                .to_string(),
            json!({ "ids": vec!["x"; 100] }),
            100 + 100 * 100 + 100 * 100 * 2,
        ),
    ] {
        refused(&app, vec![(document, variables, COMPLEX, &over(nodes))]).await;
    }
}

#[tokio::test]
async fn deeply_nested_json_is_rejected() {
    let app = start().await;
    let mut variables = Value::Null;
    for _ in 0..100 {
        variables = json!([variables]);
    }
    // The JSON parser accepts it, the types of the variables do not.
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    refused(
        &app,
        vec![(
            query.to_owned(),
            json!({ "ids": variables }),
            "GRAPHQL_VALIDATION_FAILED",
            "invalid variable `$ids`: a value of type `ID` is required",
        )],
    )
    .await;
}
