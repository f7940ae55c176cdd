use std::collections::BTreeSet;

use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{auth::policy::rule::Requirement, schema::POLICY};

use super::Person;
use crate::harness::{Db, NewUser, TestApp};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// The mutations that matter most, with an input each.
fn mutations(user: &str) -> Vec<(&'static str, String)> {
    let membership = format!("membershipId: \"{NOBODY}\"");
    vec![
        ("eraseUser", format!("userId: \"{user}\"")),
        ("placeLegalHold", format!("userId: \"{user}\", reason: \"law\"")),
        ("releaseLegalHold", format!("userId: \"{user}\"")),
        ("setRetentionPolicy", "dataClass: DocumentImages, days: 30".to_owned()),
        ("createCredential", "label: \"CRM\", permissions: [], idempotencyKey: \"one\"".to_owned()),
        ("rotateCredential", format!("credentialId: \"{NOBODY}\", clientSecret: true")),
        (
            "addWebhookSubscription",
            "label: \"CRM\", endpoint: \"https://crm.example.org/\", eventTypes: [\"*\"]".to_owned(),
        ),
        ("updateWebhookSubscription", format!("id: \"{NOBODY}\"")),
        ("inviteMember", format!("email: \"eve@example.org\", roleId: \"{NOBODY}\"")),
        ("changeMembership", membership.clone()),
        ("suspendMember", membership.clone()),
        ("endMembership", membership.clone()),
        ("eraseMember", membership.clone()),
        ("signOutMember", membership),
        ("revokeInvitation", format!("invitationId: \"{NOBODY}\"")),
        ("createRole", "name: \"Clerk\", permissions: [\"USERS:VIEW\"]".to_owned()),
        ("updateRole", format!("roleId: \"{NOBODY}\"")),
        ("deleteRole", format!("roleId: \"{NOBODY}\"")),
        ("setProjectSettings", "sessionHours: 10".to_owned()),
        ("setNameSearch", "nameSearch: Off".to_owned()),
    ]
}

async fn run(app: &TestApp, token: &str, name: &str, input: &str) -> Value {
    let query = format!("mutation {{ done: {name}(input: {{ {input} }}) {{ __typename }} }}");
    app.query_as(token, &query, json!({})).await["done"]["__typename"].take()
}

#[rstest]
#[tokio::test]
async fn each_change_that_matters_most_asks_for_a_new_sign_in_and_is_made_after_it(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await.to_string();
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    let mutations = mutations(&user);
    let is_fresh = |need: &Requirement| matches!(need, Requirement::FreshOrRejected(_));
    let rows = POLICY.rows().iter().filter(|(name, need, ..)| *name == "Mutation" && is_fresh(need));
    let ruled: BTreeSet<&str> = rows.flat_map(|(.., fields)| fields.iter().copied()).collect();
    assert_eq!(mutations.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), ruled);

    app.clock.set(app.clock.now().plus_seconds(5 * 60));
    for (name, input) in &mutations {
        assert_eq!(run(&app, &token, name, input).await, "FreshSignInNeededRejection", "{name}");
    }
    // Nothing was made.
    let before =
        app.query("{ user(id: \"USER\") { status } roles { name } }".replace("USER", &user).as_str()).await;
    assert_eq!((&before["user"]["status"], before["roles"].as_array().unwrap().len()), (&json!("Active"), 6));

    let begun = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    let proof = json!({ "attempt": begun["attempt"], "password": ada.password, "code": ada.code(&app) });
    assert_eq!(browser.post(&app, "/auth/step-up/finish", proof).await.status, 200);
    for (name, input) in &mutations {
        let done = run(&app, &token, name, input).await;
        let expected = match (*name, input.contains(NOBODY)) {
            ("eraseMember", _) => "OperatorNeededRejection".to_owned(),
            ("inviteMember" | "updateRole" | "deleteRole", _) => "RoleNotFoundRejection".to_owned(),
            (_, true) => {
                assert!(done.as_str().unwrap().ends_with("NotFoundRejection"), "{name}: {done}");
                continue;
            }
            ("placeLegalHold" | "releaseLegalHold", _) => "UserErasedRejection".to_owned(),
            (name, false) => format!("{}{}SuccessPayload", name[..1].to_uppercase(), &name[1..]),
        };
        let expected = expected.replace("CreateRole", "Role").replace("AddWebhook", "Webhook");
        assert_eq!(done, expected.as_str(), "{name}");
    }
}
