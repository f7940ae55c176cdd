//! The strings by which a page of rows is read and written without the executor are fields and columns that
//! exist.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{
    OutputType,
    parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    },
};
use keyset::FromRowByIndex;
use verigraph::{
    audit::graphql::AuditEvent,
    event::graphql::Event,
    graphql::ConnectionNode,
    identification::graphql::Identification,
    level::graphql::LevelLapse,
    member::graphql::Membership,
    project::graphql::Credential,
    proofing::graphql::ProofingRequest,
    result::graphql::{Integration, VerificationResult},
    sandbox::graphql::SandboxUser,
    schema::sdl,
    session::graphql::VerificationSession,
    user::graphql::User,
    verification::graphql::Verification,
    webhook::graphql::{WebhookEventLog, WebhookSubscription},
};

/// The names that a type's implementation of `ConnectionNode` repeats.
struct Declared {
    written: Vec<&'static str>,
    sync_fields: &'static [&'static str],
    column_used_by: &'static [(&'static str, &'static [&'static str])],
    skippable: &'static [&'static str],
}

fn declared<N: ConnectionNode<Row: FromRowByIndex>>() -> (String, Declared) {
    let declared = Declared {
        written: N::WRITERS.iter().map(|(field, _)| *field).collect(),
        sync_fields: N::SYNC_FIELDS,
        column_used_by: N::COLUMN_USED_BY,
        skippable: N::Row::SKIPPABLE,
    };
    (<N as OutputType>::type_name().into_owned(), declared)
}

fn all() -> BTreeMap<String, Declared> {
    BTreeMap::from([
        declared::<AuditEvent>(),
        declared::<Credential>(),
        declared::<Event>(),
        declared::<Membership>(),
        declared::<Identification>(),
        declared::<Integration>(),
        declared::<LevelLapse>(),
        declared::<ProofingRequest>(),
        declared::<SandboxUser>(),
        declared::<User>(),
        declared::<Verification>(),
        declared::<VerificationResult>(),
        declared::<VerificationSession>(),
        declared::<WebhookEventLog>(),
        declared::<WebhookSubscription>(),
    ])
}

/// The fields of each object type of the schema.
fn fields() -> BTreeMap<String, BTreeSet<String>> {
    let definitions = parse_schema(sdl()).unwrap().definitions.into_iter();
    let objects = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => match definition.node.kind {
            TypeKind::Object(object) => {
                let fields = object.fields.into_iter().map(|field| field.node.name.node.to_string());
                Some((definition.node.name.node.to_string(), fields.collect()))
            }
            _ => None,
        },
        _ => None,
    });
    objects.collect()
}

#[test]
fn every_type_with_a_connection_is_checked() {
    let fields = fields();
    let listed: Vec<_> = fields.keys().filter_map(|name| name.strip_suffix("Connection")).collect();
    assert_eq!(listed, all().keys().collect::<Vec<_>>());
}

#[test]
fn declared_fields_are_fields_of_the_type() {
    let fields = fields();
    for (name, declared) in all() {
        let used_by = declared.column_used_by.iter().flat_map(|(_, fields)| fields.iter());
        let without_waiting: Vec<_> = declared.written.iter().chain(declared.sync_fields).collect();
        for field in without_waiting.iter().copied().chain(used_by) {
            assert!(fields[&name].contains(*field), "`{name}` has no field `{field}`");
        }
        let distinct: BTreeSet<_> = without_waiting.iter().collect();
        assert_eq!(distinct.len(), without_waiting.len(), "`{name}` names a field twice");
    }
}

#[test]
fn declared_columns_are_the_skippable_columns_of_the_row() {
    for (name, declared) in all() {
        // A type without declarations reads all columns.
        if declared.column_used_by.is_empty() {
            continue;
        }
        let columns: BTreeSet<_> = declared.column_used_by.iter().map(|(column, _)| *column).collect();
        assert_eq!(columns, declared.skippable.iter().copied().collect(), "`{name}`");
    }
}
