//! The layers of the modules, and what they say about imports.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    at,
    imports::{Module, imports},
    sources,
};

/// The concepts: a folder each.
const CONCEPTS: [&str; 17] = [
    "audit",
    "document",
    "event",
    "grant_policy",
    "identification",
    "level",
    "member",
    "project",
    "proofing",
    "result",
    "retention",
    "sandbox",
    "saved_view",
    "session",
    "user",
    "verification",
    "webhook",
];
/// The files of `http/` that stand below the concepts; the others put them together.
const HTTP_KIT: [&str; 16] = [
    "bearer",
    "body",
    "cookie",
    "count",
    "error_format",
    "idempotency",
    "middleware",
    "oauth",
    "path",
    "peer",
    "position",
    "reply",
    "rest",
    "route",
    "state",
    "token_form",
];
/// The largest circle of imports that is allowed.
const LARGEST_CIRCLE: usize = 3;

/// The layer of a module, from 0 (ground) to 4 (top).
fn layer(module: &[String]) -> u8 {
    let part = |index: usize| module.get(index).map_or("", String::as_str);
    let is_api = module.iter().any(|part| part == "graphql" || part == "rest");
    match part(0) {
        "schema" | "subscription" | "cli" | "transfer" | "scenario" | "" => 4,
        "http" if !HTTP_KIT.contains(&part(1)) => 4,
        "http" | "graphql" => 2,
        // Entries and events are written by every store.
        "audit" | "event" if !is_api => 0,
        concept if CONCEPTS.contains(&concept) && is_api => 3,
        // The services and the timer use what the concepts store.
        "services" | "timer" => 1,
        concept => u8::from(CONCEPTS.contains(&concept)),
    }
}

#[test]
fn imports_go_down_the_layers() {
    let upward: Vec<String> = imports()
        .iter()
        .filter(|import| layer(&import.to) > layer(&import.from))
        .map(|import| format!("{}: {} uses {}", import.place, import.from.join("::"), import.to.join("::")))
        .collect();
    assert!(upward.is_empty(), "imports that go up:\n{}", upward.join("\n"));
}

#[test]
fn no_circle_of_imports_is_larger_than_three_files() {
    let mut edges: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for import in imports() {
        edges.entry(import.from).or_default().insert(import.to);
    }
    // Two files are in one circle if each reaches the other.
    let reached = |from: &Module| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for next in edges.get(module).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&Module, BTreeSet<Module>> =
        edges.keys().map(|module| (module, reached(module))).collect();
    for (module, seen) in &reach {
        let circle: Vec<String> = seen
            .iter()
            .filter(|other| reach.get(other).is_some_and(|back| back.contains(*module)))
            .map(|other| other.join("::"))
            .collect();
        assert!(circle.len() <= LARGEST_CIRCLE, "a circle of imports: {circle:?}");
    }
}

#[test]
fn the_domain_and_the_ground_know_neither_graphql_nor_http() {
    let libraries = ["async_graphql", "axum"];
    // Errors become those of GraphQL here.
    let allowed = ["error"];
    for source in sources().values() {
        if layer(&source.module) > 1 || allowed.contains(&source.module.join("::").as_str()) {
            continue;
        }
        for library in libraries {
            // `axum::http` has addresses and header names, which settings are made of.
            let path = format!("{library}::");
            let is_used = |(offset, _): &(usize, &str)| !source.code[*offset..].starts_with("axum::http::");
            if let Some((offset, _)) = source.code.match_indices(&path).find(is_used) {
                panic!("{}: {library} in a module of the domain or the ground", at(source, offset));
            }
        }
    }
}
