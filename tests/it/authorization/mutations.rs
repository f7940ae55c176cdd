//! Mutations return their own rejection when forbidden, and each of their outcomes is readable.

use std::collections::BTreeSet;

use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions, policy::rule::Requirement},
    schema::POLICY,
};

use super::{
    every_permissions,
    graph::Graph,
    lifecycle, members,
    outcomes::{CREATED, all_outcomes, document},
};
use crate::{
    harness::{Db, NewUser, TestApp},
    members::Person,
    scenarios::keys::{abandon_key, with_time_limit},
    webhooks::{Receiver, settings},
};

/// The one permission that a mutation needs.
pub fn needed(name: &str) -> Permission {
    match POLICY.rule("Mutation", name).unwrap().need {
        Requirement::OrRejected(permission) | Requirement::FreshOrRejected(permission) => permission,
        // A credential has views of everybody only.
        Requirement::Token if ["saveView", "deleteView"].contains(&name) => Permission::ProjectManage,
        need => panic!("{name}: {need:?}"),
    }
}

/// The fields with a value in the result of a mutation.
fn fields_with_values(name: &str, outcome: &Value) -> Vec<(String, String)> {
    let Value::Object(fields) = outcome else { return Vec::new() };
    let ty = outcome["__typename"].as_str().unwrap();
    let fields = fields.iter().filter(|(field, value)| *field != "__typename" && !value.is_null());
    let fields = fields.map(|(field, _)| (ty.to_owned(), field.clone()));
    // Types that only mutations return, inside of their results.
    let within = outcome.as_object().into_iter().flat_map(|fields| fields.values());
    let within = within.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    let within = within
        .filter(|value| value["__typename"].is_string())
        .flat_map(|value| fields_with_values(name, value));
    fields.chain(within).chain([("Mutation".to_owned(), name.to_owned())]).collect()
}

#[rstest]
#[tokio::test]
async fn every_outcome_of_every_mutation_is_readable(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (mut app, mut config) = (app, settings());
    (config.limits.webhook_subscriptions, config.limits.webhook_probes) = (2, 2);
    app.restart_with(config);
    let receiver = Receiver::start().await;
    let mut seen = BTreeSet::new();
    let nobody = app.token_with(&[]).await;
    let mut app = app;
    let mut all = all_outcomes(&app, &receiver.url).await;
    for is_sandbox in [false, true] {
        if is_sandbox {
            lifecycle::to_sandbox(&app, app.project).await;
            app.restart_with(crate::webhooks::settings());
            all = lifecycle::in_sandbox(&app).await;
        }
        for (name, mutation) in &all {
            let name = *name;
            let document = document(name, mutation);
            let all_but =
                Permission::ALL.iter().copied().filter(|it| needed(name) != *it).collect::<Permissions>();
            let all_but = app.token_for(app.project, all_but, None).await;
            for token in [&nobody, &all_but] {
                let outcome = &app.query_as(token, &document, json!({})).await[name];
                assert_eq!(outcome["__typename"], "ForbiddenRejection", "{document}");
                seen.extend(fields_with_values(name, outcome));
            }
            seen.extend(fields_with_values(
                name,
                &app.query_as(&app.token, &document, json!({})).await[name],
            ));
        }
    }
    // A concurrent move of the clock, and a caller with fewer permissions than it grants or revokes.
    let turn = app.app.clocks.turn(app.project);
    let held = turn.lock().await;
    let (name, mutation) = ("advanceSandboxClock", "advanceSandboxClock(input: { by: \"PT1H\" })");
    seen.extend(fields_with_values(name, &app.query(&document(name, mutation)).await[name]));
    drop(held);
    let few = app.token_with(&[Permission::CredentialsManage]).await;
    let mighty = app.credential(app.project, Permissions::all(), None).await.credential;
    let revoke = format!("revokeCredential(input: {{ credentialId: \"{mighty}\" }})");
    let make = "createCredential(input: { label: \"a\", permissions: [\"USERS:VIEW\"] })".to_owned();
    let owner = members::built_in(&app, BuiltIn::Owner).await;
    let invite = format!("inviteMember(input: {{ email: \"a@example.org\", roleId: \"{owner}\" }})");
    let managing = app.token_with(&[Permission::MembersManage]).await;
    seen.extend(fields_with_values(
        "inviteMember",
        &app.query_as(&managing, &document("inviteMember", &invite), json!({})).await["inviteMember"],
    ));
    // A member whose sign-in was too long ago.
    let (_, mut browser) = Person::invited(&app, "late@example.org", BuiltIn::Owner, None).await;
    let late = browser.token(&app, app.project).await;
    let name = "setProjectSettings";
    let passkeys_only = document(name, "setProjectSettings(input: { passkeysOnly: true })");
    let answer = app.query_as(&late, &passkeys_only, json!({})).await;
    assert_eq!(answer[name]["__typename"], "PasskeyNeededRejection", "{answer}");
    seen.extend(fields_with_values(name, &answer[name]));
    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    let answer = app.query_as(&late, &document("inviteMember", &invite), json!({})).await;
    assert_eq!(answer["inviteMember"]["__typename"], "FreshSignInNeededRejection", "{answer}");
    seen.extend(fields_with_values("inviteMember", &answer["inviteMember"]));
    for (name, mutation) in [("revokeCredential", revoke), ("createCredential", make)] {
        seen.extend(fields_with_values(
            name,
            &app.query_as(&few, &document(name, &mutation), json!({})).await[name],
        ));
    }
    let tagged = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    seen.extend(fields_with_values(
        "createUser",
        &app.query_as(&tagged, &document("createUser", "createUser(input: {lastName: \"A\"})"), json!({}))
            .await["createUser"],
    ));
    // A caller that uses a key while its scenario is running.
    app.restart_with(with_time_limit(2));
    let (name, mutation) =
        ("runScenario", "runScenario(input: { scenario: \"forced\", idempotencyKey: \"busy\" })");
    seen.extend(fields_with_values(name, &app.query(&document(name, mutation)).await[name]));
    abandon_key(&app, &app.token, "busy", 60).await;
    seen.extend(fields_with_values(name, &app.query(&document(name, mutation)).await[name]));
    let graph = Graph::served();
    let mut expected: BTreeSet<_> = graph.fields().difference(&graph.read_fields()).cloned().collect();
    // These are tested in `subscriptions`.
    expected.retain(|(parent, _)| !["Subscription", "Event"].contains(&parent.as_str()));
    assert_eq!(seen, expected);
}

#[rstest]
#[tokio::test]
async fn a_mutation_is_rejected_exactly_without_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let credential = app.credential(app.project, Permissions::all(), None).await.credential;
    let user = app.user(NewUser::default()).await;
    let mut levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    for (place, permissions) in every_permissions().into_iter().enumerate() {
        let token = app.token_of(credential, permissions, 3600).await;
        levels.reverse();
        let document = format!(
            "mutation {{
                    createVerificationLevel(input: {{ name: \"new {place}\" }}) {CREATED}
                    grantVerificationLevel(input: {{
                        userId: \"{user}\", levelId: \"{}\", reason: \"why\" }}) {{ __typename }} }}",
            levels[0],
        );
        let answer = app.run_as(&token, &document, json!({})).await;
        let held = |name: &str| permissions.holds(needed(name));
        for name in ["createVerificationLevel", "grantVerificationLevel"] {
            let ended = answer["data"][name]["__typename"].as_str().unwrap_or_else(|| panic!("{answer}"));
            if !held(name) {
                assert_eq!(ended, "ForbiddenRejection", "[{permissions}] {answer}");
            } else if name == "createVerificationLevel" {
                assert_eq!(ended, "CreateVerificationLevelSuccessPayload", "[{permissions}] {answer}");
            } else {
                // Whether the user already exists depends on which callers were accepted before.
                let ends = ["GrantVerificationLevelSuccessPayload", "AlreadyAtVerificationLevelRejection"];
                assert!(ends.contains(&ended), "[{permissions}] {answer}");
            }
        }
        // The created object is returned only to callers that may read it.
        let shown = !answer["data"]["createVerificationLevel"]["verificationLevel"].is_null();
        let may_read = permissions.holds(Permission::VerificationsView);
        assert_eq!(shown, may_read && held("createVerificationLevel"), "[{permissions}] {answer}");
    }
}

#[rstest]
#[tokio::test]
async fn a_get_request_runs_no_mutation(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let bearer = format!("Bearer {}", app.token);
    let document = "mutation%20%7B%20createVerificationLevel(input%3A%20%7B%20name%3A%20%22a%22%20%7D)%20%7B%20__typename%20%7D%20%7D";
    let answer = app.get(&format!("/graphql?query={document}"), &[("authorization", bearer.as_str())]).await;
    assert_eq!(answer.status, 405);
    assert_eq!(app.query("{ verificationLevels { id } }").await, json!({ "verificationLevels": [] }));
}
