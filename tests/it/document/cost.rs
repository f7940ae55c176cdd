//! The worst documents that the guard accepts are validated quickly.

use std::time::{Duration, Instant};

use serde_json::json;

use super::start;

/// In a debug build, which is about ten times slower than a release build.
const QUICK: Duration = Duration::from_secs(1);
/// Introspection answers with up to `limits.schema_fields` fields.
const QUICK_FOR_A_SCHEMA: Duration = Duration::from_secs(3);

fn joined(times: usize, of: impl Fn(usize) -> String) -> String {
    (0..times).map(of).collect::<Vec<_>>().join(" ")
}

/// Documents at the limits, each slow in a different part of the library.
fn worst() -> Vec<(&'static str, String)> {
    let nested = |depth: usize, inner: &str| {
        format!("{}{inner}{}", "... on Viewer {".repeat(depth), "}".repeat(depth))
    };
    let chain = |links: usize, inner: &str| {
        let link = |n: usize| {
            let next = if n + 1 < links { format!("...F{}", n + 1) } else { inner.to_owned() };
            format!("fragment F{n} on Viewer {{ {next} }}")
        };
        joined(links, link)
    };
    let types = |inner: &str| format!("{{ __schema {{ types {{ {inner} }} }} }}");
    vec![
        ("wide", format!("{{ viewer {{ {} }} }}", "permissions ".repeat(999))),
        (
            "the same object again and again",
            "{ user(id: \"1\") { X } }".replace('X', &"identificationLevels { QES } ".repeat(490)),
        ),
        ("wide and nested", format!("{{ viewer {{ {} }} }}", nested(37, &"permissions ".repeat(990)))),
        (
            "a chain of fragments",
            format!("{} {{ viewer {{ ...F0 }} }}", chain(30, &"permissions ".repeat(45))),
        ),
        (
            "spreads of one fragment",
            format!(
                "fragment F on Viewer {{ {} }} {{ viewer {{ {} }} }}",
                "permissions ".repeat(29),
                "...F ".repeat(33)
            ),
        ),
        (
            "fields that each spread fragments",
            format!(
                "{} {{ {} }}",
                joined(30, |n| format!("fragment F{n} on User {{ fullName }}")),
                joined(10, |n| format!("u{n}: user(id: \"1\") {{ {} }}", joined(30, |n| format!("...F{n}"))))
            ),
        ),
        (
            "arguments to compare",
            format!(
                "{{ user(id: \"1\") {{ {} }} }}",
                "identifications(first: 1, filters: {processes: [PVID, QES]}) { totalCount } ".repeat(85)
            ),
        ),
        ("the schema, wide", types(&"name ".repeat(600))),
        ("the schema, two lists, wide", types(&format!("fields {{ {} }}", "name ".repeat(200)))),
        (
            "the schema, three lists, wide",
            types(&format!("fields {{ type {{ fields {{ {} }} }} }}", "name ".repeat(45))),
        ),
        ("the schema, lists again and again", types(&"fields { type { fields { name } } } ".repeat(35))),
    ]
}

/// The library does not yield while it validates or introspects, so a timeout would not help other requests.
#[tokio::test]
async fn a_document_within_the_limits_is_validated_and_described_quickly() {
    let app = start().await;
    for (name, document) in worst() {
        let most = if name.starts_with("the schema") { QUICK_FOR_A_SCHEMA } else { QUICK };
        let mut best = Duration::MAX;
        // Tests run in parallel: a slow run may be caused by another test and is repeated.
        for run in 0..6 {
            // A different text each time, because a cached document is not validated again.
            let body = json!({ "query": format!("# {run}\n{document}") });
            let started = Instant::now();
            let answer = app.post(&app.token, &body).await;
            best = best.min(started.elapsed());
            assert_eq!(answer.json().get("errors"), None, "{name}");
            if best < most {
                break;
            }
        }
        println!("{name}: {best:?}");
        assert!(best < most, "{name}: {best:?}");
    }
}
