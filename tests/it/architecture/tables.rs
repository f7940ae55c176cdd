//! Who writes to which table: the concept that owns it. Selects may read any table.

use super::{Source, at, imports::names, sources};

/// The owners of tables that are not named like their concept.
const OWNERS: [(&str, &str); 26] = [
    ("audit_event", "audit"),
    ("counter", "db"),
    ("credential", "auth"),
    ("credential_secret", "auth"),
    ("erased_user", "user"),
    ("idempotency_key", "idempotency"),
    ("instance", "crypto"),
    ("integration", "result"),
    ("level_change", "level"),
    ("project_key", "crypto"),
    ("retention_policy", "retention"),
    ("sandbox_consent", "sandbox"),
    ("sandbox_endorsement", "sandbox"),
    ("oidc_identity", "member"),
    ("oidc_mapping", "member"),
    ("oidc_provider", "member"),
    ("role", "member"),
    ("sign_in_attempt", "member"),
    ("sign_in_failure", "member"),
    ("signing_key", "auth"),
    ("spent_ticket", "document"),
    ("validity_policy", "level"),
    ("verification_result", "result"),
    ("verification_session", "session"),
    ("webhook_delivery", "webhook"),
    ("webhook_subscription", "webhook"),
];

/// What writes many rows of many tables at once, through the constructors of their concepts: imports, the demo's
/// records and generated ones.
const BULK: [&str; 2] = ["cli", "transfer"];

/// Writes that stand elsewhere for a reason.
const EXCEPTIONS: [(&str, &str); 1] = [
    // Recording an event and queueing its deliveries is one statement each, in the transaction of the change.
    ("event", "webhook_delivery"),
];

const WRITES: [&str; 6] =
    ["::insert(", "::insert_many(", "::update_many(", "::delete_many(", "::delete_by_id(", "ActiveModel {"];

#[test]
fn a_table_is_written_by_the_concept_that_owns_it() {
    for source in sources().values() {
        let Some(concept) = source.module.first().filter(|module| !BULK.contains(&module.as_str())) else {
            continue;
        };
        for (offset, table) in writes(source) {
            let is_owner =
                owner(&table) == concept || EXCEPTIONS.contains(&(concept.as_str(), table.as_str()));
            assert!(
                is_owner,
                "{}: the table of `{table}` is written outside of `{}`: move the statement to its store",
                at(source, offset),
                owner(&table)
            );
        }
    }
}

#[test]
fn a_write_to_a_table_of_another_concept_is_found() {
    let code = "use entity::{consent, user::{self, Entity as Users}};\n\
                fn f() { Users::update_many(); consent::Entity::insert(row); let a = user::ActiveModel { id }; }";
    let source =
        Source { module: vec!["sandbox".to_owned()], path: "sandbox.rs".into(), code: code.to_owned() };
    let tables: Vec<String> = writes(&source).into_iter().map(|(_, table)| table).collect();
    assert_eq!(tables, ["user", "consent", "user"]);
}

fn owner(table: &str) -> &str {
    if let Some((_, owner)) = OWNERS.iter().find(|(name, _)| *name == table) {
        return owner;
    }
    let concepts = [
        "document",
        "event",
        "grant_policy",
        "identification",
        "member",
        "project",
        "proofing",
        "user",
        "verification",
    ];
    concepts.into_iter().find(|concept| table.starts_with(concept)).unwrap_or(table)
}

/// The writes of a file: offset and entity.
fn writes(source: &Source) -> Vec<(usize, String)> {
    let names = names(source);
    let mut found = Vec::new();
    for write in WRITES {
        let mut offset = 0;
        while let Some(next) = source.code[offset..].find(write) {
            let end = offset + next + if write.starts_with(':') { 0 } else { "ActiveModel".len() };
            let begin =
                source.code[..end].rfind(|sign: char| !sign.is_alphanumeric() && sign != '_' && sign != ':');
            let mut path: Vec<String> =
                source.code[begin.map_or(0, |begin| begin + 1)..end].split("::").map(str::to_owned).collect();
            if let Some(known) = names.get(&path[0]) {
                path.splice(0..1, known.iter().cloned());
            }
            if path.len() == 3 && path[0] == "entity" {
                found.push((offset + next, path.swap_remove(1)));
            }
            offset += next + write.len();
        }
    }
    found.sort_unstable();
    found
}
