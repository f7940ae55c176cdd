//! The strings by which a page of rows is read and written without the executor are fields and columns that
//! exist.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{
    OutputType,
    parser::{
        parse_schema,
        types::{BaseType, FieldDefinition, TypeKind, TypeSystemDefinition},
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
    lists: Vec<&'static str>,
    column_used_by: &'static [(&'static str, &'static [&'static str])],
    skippable: &'static [&'static str],
}

fn declared<N: ConnectionNode<Row: FromRowByIndex>>() -> (String, Declared) {
    let declared = Declared {
        written: N::WRITERS.iter().map(|(field, _)| *field).collect(),
        sync_fields: N::SYNC_FIELDS,
        lists: N::LISTS.iter().map(|list| list.name).collect(),
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

/// The fields of each object type of the schema, with the names of their types.
type Fields = BTreeMap<String, BTreeMap<String, String>>;

/// The fields of each object type, and the members of each union.
fn types() -> (Fields, BTreeMap<String, Vec<String>>) {
    let (mut objects, mut unions) = (BTreeMap::new(), BTreeMap::new());
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        match definition.node.kind {
            TypeKind::Object(object) => {
                let of = |field: &FieldDefinition| {
                    let mut base = &field.ty.node.base;
                    while let BaseType::List(inner) = base {
                        base = &inner.base;
                    }
                    let BaseType::Named(base) = base else { panic!("{base:?}") };
                    (field.name.node.to_string(), base.to_string())
                };
                objects.insert(name, object.fields.iter().map(|field| of(&field.node)).collect());
            }
            TypeKind::Union(union) => {
                unions.insert(name, union.members.iter().map(|member| member.node.to_string()).collect());
            }
            _ => {}
        }
    }
    (objects, unions)
}

/// Whether a type, or a member of it, has a field, or a field of its field: `levels.expert.reasons`.
fn has(name: &str, path: &str, types: &(Fields, BTreeMap<String, Vec<String>>)) -> bool {
    let (objects, unions) = types;
    if let Some(members) = unions.get(name) {
        return members.iter().any(|member| has(member, path, types));
    }
    let (field, rest) = path.split_once('.').map_or((path, None), |(field, rest)| (field, Some(rest)));
    let Some(of_field) = objects.get(name).and_then(|fields| fields.get(field)) else { return false };
    rest.is_none_or(|rest| has(of_field, rest, types))
}

#[test]
fn every_type_with_a_connection_is_checked() {
    let (objects, _) = types();
    let listed: Vec<_> = objects.keys().filter_map(|name| name.strip_suffix("Connection")).collect();
    assert_eq!(listed, all().keys().collect::<Vec<_>>());
}

#[test]
fn declared_fields_are_fields_of_the_type() {
    let types = types();
    for (name, declared) in all() {
        let used_by = declared.column_used_by.iter().flat_map(|(_, paths)| paths.iter());
        let without_waiting: Vec<_> = declared.written.iter().chain(declared.sync_fields).collect();
        for path in without_waiting.iter().copied().chain(used_by).chain(&declared.lists) {
            assert!(has(&name, path, &types), "`{name}` has no field `{path}`");
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
