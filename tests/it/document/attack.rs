//! Documents made to crash or stall the server: each is rejected quickly, and the server continues.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{refusal, start};

/// In a debug build, in parallel with other tests. The library alone would need minutes, or overflow its
/// stack.
const SYNC_FIELDS: Duration = Duration::from_secs(2);

async fn all_refused_at_once(attacks: Vec<String>, expected: &str) {
    let app = start().await;
    for document in attacks {
        let shown: String = document.chars().take(100).collect();
        let started = Instant::now();
        let (_, message) = refusal(&app, &document, json!({})).await;
        assert!(started.elapsed() < SYNC_FIELDS, "{shown}: {:?}", started.elapsed());
        assert!(message.contains(expected), "{shown}: {message}");
    }
    assert_eq!(app.get("/healthz", &[]).await.text, "ok\n");
}

/// A chain of fragments, each of which spreads the next one twice.
fn doubling(last: &str) -> String {
    let chain: Vec<_> =
        (0..29).map(|n| format!("fragment F{n} on Query {{ ...F{} ...F{} }}", n + 1, n + 1)).collect();
    format!("{} {last}", chain.join(" "))
}

/// The deepest nesting within one fragment, continued from its bottom in the next one.
fn tower(floors: usize, step: &str, top: &str) -> String {
    let floor = |n: usize| {
        let next = if n + 1 < floors { format!("...T{}", n + 1) } else { "name".to_owned() };
        format!(
            "fragment T{n} on __Type {{ {} {next} {} }}",
            format!("{step} {{ ").repeat(38),
            "} ".repeat(38)
        )
    };
    format!("{} {top}", (0..floors).map(floor).collect::<String>())
}

#[tokio::test]
async fn deep_nesting_is_rejected_before_any_recursion() {
    let open = |bracket: &str| bracket.repeat(8_000);
    all_refused_at_once(
        vec![
            open("{"),
            open("["),
            open("("),
            format!("{{ a(b: {}", open("[")),
            format!("{{ a(b: {}{}) }}", open("["), open("]")),
            format!("{{ a(b: {}", "{c:".repeat(5_000)),
            format!("{{ a {}", "{a".repeat(8_000)),
            format!("query ($a: {}Int{}) {{ a }}", open("["), open("]")),
            format!("query ($a: Int = {}{}) {{ a }}", open("["), open("]")),
            format!("{{ a @b(c: {}{}) }}", open("["), open("]")),
            format!("{{ {}", "...{".repeat(3_000)),
            format!("{{ {}", "...on A{".repeat(2_000)),
        ],
        "the document nests brackets too deep: the limit is 40 (`limits.nesting`)",
    )
    .await;
}

#[tokio::test]
async fn an_oversized_document_is_rejected_by_its_size() {
    all_refused_at_once(vec!["[".repeat(50_000), "{a".repeat(25_000)], "(`limits.document`)").await;
}

/// The library's grammar reads an unterminated `"""` as an empty string and continues after it.
#[tokio::test]
async fn an_unterminated_block_string_hides_no_tokens() {
    let brackets = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    all_refused_at_once(
        vec![
            format!("{{ a(b: [\"\"\"x\" {brackets}]) }}"),
            format!("{{ a(b: [\"\"\"\\\"\"\" {brackets}]) }}"),
            format!("{{ a(b: [\"\"\" {brackets}]) }}"),
        ],
        "a block string is not closed",
    )
    .await;
}

#[tokio::test]
async fn exponential_fragments_are_rejected() {
    all_refused_at_once(
        vec![
            doubling("fragment F29 on Query { viewer { permissions } } { ...F0 }"),
            doubling("fragment F29 on Query { ...Unknown } { ...F0 }"),
            doubling("{ ...F0 }"),
            doubling("{ viewer { permissions } }"),
            doubling("{ viewer { permissions } ...F0 @skip(if: true) }"),
            doubling("query A { viewer { permissions } }"),
            doubling("{ __schema { ...F0 } }"),
        ],
        "the document has too many selections",
    )
    .await;
}

#[tokio::test]
async fn cyclic_fragments_are_rejected() {
    all_refused_at_once(
        vec![
            "fragment A on Query { ...A } { ...A }".to_owned(),
            "fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A } { ...B }".to_owned(),
            "fragment A on Query { ... { ...A } } { viewer { permissions } }".to_owned(),
            "fragment A on User { identifications { edges { node { user { ...A } } } } } { user(id: 1) { ...A } }".to_owned(),
            "fragment A on __Type { ofType { ...A } } { __schema { types { ...A } } }".to_owned(),
            format!("fragment F29 on Query {{ ...F0 }} {}", doubling("{ ...F0 }")),
        ],
        "contains itself",
    )
    .await;
}

#[tokio::test]
async fn deep_nesting_through_fragments_is_rejected() {
    let schema = "{ __type(name: \"User\") { ...T0 } }";
    all_refused_at_once(
        vec![
            tower(30, "ofType", schema),
            tower(30, "ofType", "{ viewer { permissions } }"),
            tower(30, "...", schema),
            tower(30, "... on __Type", "{ viewer { permissions } }"),
        ],
        "(`limits.",
    )
    .await;
}

#[tokio::test]
async fn thousands_of_near_misses_of_a_name_are_answered_quickly() {
    // The library compares each unknown name with every known one.
    let unknown = format!("{{ viewer {{ {} }} }}", "permissionz ".repeat(990));
    all_refused_at_once(vec![unknown], "permissionz").await;
}
