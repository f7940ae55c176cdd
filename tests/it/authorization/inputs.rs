//! Filtering or ordering by a field needs the permission to read it; otherwise the order of a list would
//! reveal its values.

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::json;
use verigraph::{
    auth::{Permission, policy::rule::Requirement},
    schema::POLICY,
};

use super::graph::{Graph, base};
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

/// The field that a filter or an order reads.
fn looked_at(input: &str, name: &str) -> (&'static str, &'static str) {
    match (input, name) {
        ("UserFiltersInput", "statuses") => ("User", "status"),
        ("UserFiltersInput", "tags") => ("User", "tags"),
        ("UserFiltersInput", "validLevels") => ("User", "identificationLevels"),
        ("UserFiltersInput", "verificationLevelIds") => ("User", "currentVerificationLevel"),
        ("UserFiltersInput", "refIds") => ("User", "refId"),
        ("UserFiltersInput", "verifiedEmails") => ("User", "verifiedEmails"),
        ("UserFiltersInput", "mobilePhoneNumbers") => ("User", "mobilePhoneNumber"),
        ("UserFiltersInput" | "UsersOrderByField", "createdAt") => ("User", "createdAt"),
        ("UserFiltersInput" | "UsersOrderByField", "updatedAt") => ("User", "updatedAt"),
        ("UserFiltersInput", "numbers") | ("UsersOrderByField", "number") => ("User", "number"),
        ("IdentificationFiltersInput", "statuses") => ("Identification", "status"),
        ("IdentificationFiltersInput", "levels" | "errorReasons") => ("Identification", "levels"),
        ("IdentificationFiltersInput", "processes") => ("Identification", "process"),
        ("IdentificationFiltersInput" | "IdentificationsOrderByField", "createdAt") => {
            ("Identification", "createdAt")
        }
        ("IdentificationFiltersInput" | "IdentificationsOrderByField", "updatedAt") => {
            ("Identification", "updatedAt")
        }
        ("VerificationFiltersInput", "levelIds") => ("Verification", "currentLevel"),
        // The history of a user or a client, by an id or a number that the caller must already know: the
        // verification-history API shows the client's number to every caller that may read the history.
        ("VerificationFiltersInput", "userId" | "clientNumber") => ("Verification", "id"),
        ("VerificationFiltersInput" | "VerificationsOrderByField", "createdAt") => {
            ("Verification", "createdAt")
        }
        ("VerificationsOrderByField", "number") => ("Verification", "number"),
        ("ProofingRequestFiltersInput" | "ProofingRequestsOrderByField", "requestTime") => {
            ("ProofingRequest", "requestTime")
        }
        ("ProofingRequestFiltersInput" | "ProofingRequestsOrderByField", "deviceCheckResult") => {
            ("ProofingRequest", "deviceCheckResult")
        }
        ("ProofingRequestFiltersInput" | "ProofingRequestsOrderByField", "state") => {
            ("ProofingRequest", "state")
        }
        ("ProofingRequestFiltersInput" | "ProofingRequestsOrderByField", "documentAuthenticationResult") => {
            ("ProofingRequest", "documentAuthenticationResult")
        }
        ("ProofingRequestFiltersInput" | "ProofingRequestsOrderByField", "faceMatch") => {
            ("ProofingRequest", "faceMatch")
        }
        ("VerificationResultFiltersInput", "statuses") => ("VerificationResult", "status"),
        ("VerificationResultFiltersInput" | "VerificationResultsOrderByField", "createdAt") => {
            ("VerificationResult", "createdAt")
        }
        ("AuditEventFiltersInput", "userId") => ("AuditEvent", "userId"),
        ("AuditEventFiltersInput", "resourceId") => ("AuditEvent", "resourceId"),
        ("AuditEventFiltersInput", "credentialId") => ("AuditEvent", "credentialId"),
        ("AuditEventFiltersInput", "actorIds") => ("AuditEvent", "actor"),
        ("AuditEventFiltersInput", "actions") => ("AuditEvent", "action"),
        ("AuditEventFiltersInput", "createdAt") => ("AuditEvent", "createdAt"),
        ("WebhookEventLogFiltersInput", "createdAt") => ("WebhookEventLog", "createdAt"),
        ("WebhookEventLogFiltersInput", "subscriptionId") => ("WebhookEventLog", "webhookSubscription"),
        ("WebhookEventLogFiltersInput", "eventId") => ("WebhookEventLog", "eventId"),
        ("WebhookEventLogFiltersInput", "resourceId") => ("WebhookEventLog", "resourceId"),
        ("WebhookEventLogFiltersInput", "statuses") => ("WebhookEventLog", "status"),
        ("WebhookEventLogFiltersInput", "eventTypes") => ("WebhookEventLog", "eventType"),
        ("VerificationSessionFiltersInput", "statuses") => ("VerificationSession", "status"),
        ("VerificationSessionFiltersInput", "refIds") => ("VerificationSession", "refId"),
        ("VerificationSessionFiltersInput" | "VerificationSessionsOrderByField", "createdAt") => {
            ("VerificationSession", "createdAt")
        }
        ("VerificationSessionsOrderByField", "updatedAt") => ("VerificationSession", "updatedAt"),
        _ => panic!("say which field {input}.{name} looks at"),
    }
}

/// The permission of a field. A field to filter or order by needs exactly one permission, never only a token.
fn permission(name: &str, field: &str) -> Permission {
    match POLICY.rule(name, field).unwrap().need {
        Requirement::One(permission) => permission,
        Requirement::Token | Requirement::OrRejected(_) | Requirement::FreshOrRejected(_) => {
            panic!("{name}.{field} is open to every caller")
        }
    }
}

#[test]
fn filtering_or_ordering_by_a_field_needs_the_permission_to_read_it() {
    let graph = Graph::served();
    let mut seen = BTreeSet::new();
    for (parent, list) in
        graph.parents.iter().flat_map(|(name, fields)| fields.iter().map(move |field| (name, field)))
    {
        for argument in &list.arguments {
            let input = base(&argument.node.ty.node);
            let names: Vec<(&str, &str)> = match argument.node.name.node.as_str() {
                "filters" => {
                    graph.inputs[input].iter().map(|field| (input, field.name.node.as_str())).collect()
                }
                "orderBy" => {
                    let fields = &graph.inputs[input];
                    let field = fields.iter().find(|field| field.name.node == "field").unwrap();
                    let by = base(&field.ty.node);
                    graph.enums[by].iter().map(|value| (by, value.as_str())).collect()
                }
                "first" | "after" | "last" | "before" | "id" | "ids" |
                // A point in time, and one of the listed levels.
                "asOf" | "until" | "level" |
                // One of two images, both of which the caller may read.
                "side" |
                // Values that each count is returned with, and the length of a period.
                "by" | "hours" => continue,
                // Compares only what the caller may read: tested in `members::search`.
                "search" if list.name.node == "userSearch" => continue,
                // A view is returned with its page.
                "page" if list.name.node == "savedViews" => continue,
                // Inputs of mutations, which list nothing.
                "input" if parent == "Mutation" => continue,
                // The owner, by an id that the caller must already know; and event types that the caller may
                // receive.
                "userId" | "types" if parent == "Subscription" => continue,
                other => {
                    panic!("say what the argument {other} of {parent}.{} lets a caller learn", list.name.node)
                }
            };
            for (input, name) in names {
                let (of, field) = looked_at(input, name);
                let needed = match name {
                    // These are tested separately:
                    // `filtering_by_other_data_needs_the_permission_to_read_it`.
                    "verifiedEmails" | "mobilePhoneNumbers" => Permission::UsersPersonal,
                    "validLevels" => Permission::IdentificationsView,
                    "verificationLevelIds" => Permission::VerificationsView,
                    _ => permission(parent, &list.name.node),
                };
                assert_eq!(permission(of, field), needed, "{parent}.{} by {input}.{name}", list.name.node);
                seen.insert((input.to_owned(), name.to_owned()));
            }
        }
    }
    assert_eq!(seen.len(), 57, "{seen:?}");
}

#[rstest]
#[tokio::test]
async fn filtering_by_other_data_needs_the_permission_to_read_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    app.identification(user, NewIdentification::default()).await;
    let level = app.level(None, "Level 0", 0).await;
    let of_level = format!("verificationLevelIds: \"{level}\"");
    let may_not = app.token_with(&[Permission::UsersView]).await;
    for (filter, nobody, permission) in [
        ("verifiedEmails: \"ada@example.com\"", "verifiedEmails: \"nobody\"", Permission::UsersPersonal),
        ("mobilePhoneNumbers: \"+41791234567\"", "mobilePhoneNumbers: []", Permission::UsersPersonal),
        ("validLevels: expert", "validLevels: []", Permission::IdentificationsView),
        (of_level.as_str(), "verificationLevelIds: []", Permission::VerificationsView),
    ] {
        let may = app.token_with(&[permission, Permission::UsersView]).await;
        let list = format!("{{ users(filters: {{ {filter} }}) {{ edges {{ node {{ id }} }} }} }}");
        let found = app.query_as(&may, &list, json!({})).await;
        assert_eq!(found, json!({ "users": { "edges": [{ "node": { "id": user } }] } }), "{filter}");
        let answer = app.run_as(&may_not, &list, json!({})).await;
        assert_eq!(answer["data"], json!({ "users": null }), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
        // For every value of the filter, and for an empty list too.
        let list = format!("{{ users(filters: {{ {nobody} }}) {{ totalCount }} }}");
        let answer = app.run_as(&may_not, &list, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
    }
}

#[rstest]
#[tokio::test]
async fn a_filter_or_an_order_does_not_allow_a_denied_list(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let of_users = [
        "filters: { statuses: Active }",
        "filters: { tags: \"a\" }",
        "filters: { refIds: \"one\" }",
        "filters: { verifiedEmails: \"ada@example.com\" }",
        "orderBy: { field: number }",
        "orderBy: { field: createdAt, direction: Asc }",
    ];
    let token = app.token_with(&[Permission::IdentificationsView, Permission::UsersPersonal]).await;
    for arguments in of_users {
        let answer =
            app.run_as(&token, &format!("{{ users({arguments}) {{ totalCount }} }}"), json!({})).await;
        assert_eq!(answer["data"], json!({ "users": null }), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
    }
    let of_identifications = [
        "filters: { statuses: Valid }",
        "filters: { levels: pvid }",
        "filters: { processes: QES }",
        "orderBy: { field: createdAt }",
    ];
    let token = app.token_with(&[Permission::UsersView, Permission::UsersPersonal]).await;
    for arguments in of_identifications {
        let list = format!("identifications({arguments}) {{ totalCount }}");
        let answer = app.run_as(&token, &format!("{{ {list} }}"), json!({})).await;
        assert_eq!(answer["data"], json!({ "identifications": null }), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
        let answer =
            app.run_as(&token, &format!("{{ user(id: \"one\") {{ refId {list} }} }}"), json!({})).await;
        assert_eq!(
            answer["data"],
            json!({ "user": { "refId": "one", "identifications": null } }),
            "{answer}"
        );
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
    }
}
