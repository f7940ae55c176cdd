//! Who may filter and order by a field may read it, or an answer's order would tell what its fields do not.

use rstest::rstest;
use std::collections::BTreeSet;

use serde_json::json;
use verigraph::auth::{
    Permission,
    policy::{self, rule::Requirement},
};

use super::graph::{Graph, base};
use crate::harness::{Db, NewUser, TestApp};

/// The field that a filter or an order of a list looks at.
fn looked_at(input: &str, name: &str) -> (&'static str, &'static str) {
    match (input, name) {
        ("UserFiltersInput", "statuses") => ("User", "status"),
        ("UserFiltersInput", "tags") => ("User", "tags"),
        ("UserFiltersInput", "refIds") => ("User", "refId"),
        ("UserFiltersInput", "verifiedEmails") => ("User", "verifiedEmails"),
        ("UserFiltersInput", "mobilePhoneNumbers") => ("User", "mobilePhoneNumber"),
        ("UsersOrderByField", "createdAt") => ("User", "createdAt"),
        ("UsersOrderByField", "updatedAt") => ("User", "updatedAt"),
        ("UsersOrderByField", "number") => ("User", "number"),
        ("IdentificationFiltersInput", "statuses") => ("Identification", "status"),
        ("IdentificationFiltersInput", "levels") => ("Identification", "levels"),
        ("IdentificationFiltersInput", "processes") => ("Identification", "process"),
        ("IdentificationsOrderByField", "createdAt") => ("Identification", "createdAt"),
        ("IdentificationsOrderByField", "updatedAt") => ("Identification", "updatedAt"),
        ("VerificationFiltersInput", "levelIds") => ("Verification", "currentLevel"),
        // Whose history it is, by an id or a number that the caller has to know before: the verification-history API
        // shows the number of the client to whoever may read the history.
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
        ("VerificationResultsOrderByField", "createdAt") => ("VerificationResult", "createdAt"),
        ("AuditEventFiltersInput", "userId") => ("AuditEvent", "userId"),
        ("AuditEventFiltersInput", "resourceId") => ("AuditEvent", "resourceId"),
        ("AuditEventFiltersInput", "credentialId") => ("AuditEvent", "credentialId"),
        ("AuditEventFiltersInput", "actions") => ("AuditEvent", "action"),
        ("AuditEventFiltersInput", "createdAt") => ("AuditEvent", "createdAt"),
        ("WebhookEventLogFiltersInput", "subscriptionId") => ("WebhookEventLog", "webhookSubscription"),
        ("WebhookEventLogFiltersInput", "eventId") => ("WebhookEventLog", "eventId"),
        ("WebhookEventLogFiltersInput", "resourceId") => ("WebhookEventLog", "resourceId"),
        ("WebhookEventLogFiltersInput", "statuses") => ("WebhookEventLog", "status"),
        ("WebhookEventLogFiltersInput", "eventTypes") => ("WebhookEventLog", "eventType"),
        ("VerificationSessionFiltersInput", "statuses") => ("VerificationSession", "status"),
        ("VerificationSessionFiltersInput", "refIds") => ("VerificationSession", "refId"),
        ("VerificationSessionsOrderByField", "createdAt") => ("VerificationSession", "createdAt"),
        ("VerificationSessionsOrderByField", "updatedAt") => ("VerificationSession", "updatedAt"),
        _ => panic!("say which field {input}.{name} looks at"),
    }
}

/// Nothing is asked for by `Need::Token` that a list could be filtered by, so each is one permission.
fn permission(name: &str, field: &str) -> Permission {
    match policy::rule(name, field).unwrap().need {
        Requirement::One(permission) => permission,
        Requirement::Token | Requirement::OrRejected(_) => panic!("{name}.{field} is open to every caller"),
    }
}

#[test]
fn whoever_may_filter_or_order_by_a_field_may_read_it() {
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
                // Which moment, and which level of those that are listed.
                "asOf" | "until" | "level" => continue,
                // Of mutations, which list nothing.
                "input" if parent == "Mutation" => continue,
                // Whose they are, by an id that the caller has to know before; and kinds of events that it may be told of.
                "userId" | "types" if parent == "Subscription" => continue,
                other => {
                    panic!("say what the argument {other} of {parent}.{} lets a caller learn", list.name.node)
                }
            };
            for (input, name) in names {
                let (of, field) = looked_at(input, name);
                let needed = match name {
                    // These are asked for one by one: `a_filter_by_what_is_personal_needs_the_permission_to_read_it`.
                    "verifiedEmails" | "mobilePhoneNumbers" => Permission::UsersPersonal,
                    _ => permission(parent, &list.name.node),
                };
                assert_eq!(permission(of, field), needed, "{parent}.{} by {input}.{name}", list.name.node);
                seen.insert((input.to_owned(), name.to_owned()));
            }
        }
    }
    assert_eq!(seen.len(), 45, "{seen:?}");
}

#[rstest]
#[tokio::test]
async fn a_filter_by_what_is_personal_needs_the_permission_to_read_it(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let (may, may_not) = (Permission::UsersPersonal, Permission::UsersView);
    let may = app.token_with(&[may, may_not]).await;
    let may_not = app.token_with(&[may_not]).await;
    for filter in ["verifiedEmails: \"ada@example.com\"", "mobilePhoneNumbers: \"+41791234567\""] {
        let list = format!("{{ users(filters: {{ {filter} }}) {{ edges {{ node {{ id }} }} }} }}");
        let found = app.query_as(&may, &list, json!({})).await;
        assert_eq!(found, json!({ "users": { "edges": [{ "node": { "id": user } }] } }), "{filter}");
        let answer = app.run_as(&may_not, &list, json!({})).await;
        assert_eq!(answer["data"], json!({ "users": null }), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
        // Whatever it names, and in an empty list too.
        for nobody in ["verifiedEmails: \"nobody\"", "mobilePhoneNumbers: []"] {
            let list = format!("{{ users(filters: {{ {nobody} }}) {{ totalCount }} }}");
            let answer = app.run_as(&may_not, &list, json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }), "{answer}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_filter_or_an_order_opens_no_list_that_is_closed(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
