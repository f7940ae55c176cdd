//! How members leave: suspended, erased, and invitations that are revoked.

use std::collections::BTreeSet;

use entity::{
    audit_event, member, member_passkey, member_password, member_session, member_totp, role::BuiltIn,
};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Browser, PASSWORD, Person,
    browser::{invitation, invitation_to, set_up},
    passkeys::{add, device},
};
use crate::harness::{Db, TestApp};

const OUTCOME: &str = "{ __typename ... on MembershipSuccessPayload {
    membership { number label email status role { name } } } ... on Rejection { message } }";

async fn run(app: &TestApp, token: &str, name: &str, input: Value) -> Value {
    let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!("mutation($input: {input_type}!) {{ {name}(input: $input) {OUTCOME} }}");
    app.query_as(token, &query, json!({ "input": input })).await[name].take()
}

async fn membership(app: &TestApp, browser: &mut Browser) -> Value {
    browser.state(app).await["memberships"][0].take()
}

async fn audited(app: &TestApp, action: &str) -> Value {
    let query = format!("{{ auditEvents(filters: {{ actions: [\"{action}\"] }}) {{ totalCount }} }}");
    app.query(&query).await["auditEvents"]["totalCount"].take()
}

#[rstest]
#[tokio::test]
async fn a_suspended_membership_gives_no_access_until_the_suspension_is_lifted(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (rosa, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let other = app.new_project().await;
    let link = invitation_to(&app, other, "rosa@example.org", BuiltIn::Support, None).await;
    assert_eq!(browser.post(&app, "/auth/link/join", json!({ "token": link })).await.status, 200);
    let state = browser.state(&app).await;
    let before = state["memberships"].as_array().unwrap();
    let of_project = |id: uuid::Uuid| before.iter().find(|it| it["project"]["id"] == id.to_string()).unwrap();
    let (here, there) = (of_project(app.project).clone(), of_project(other).clone());
    let (token, by_owner) = (browser.token(&app, app.project).await, owner.token(&app, app.project).await);

    let input = json!({ "membershipId": here["id"] });
    let done = run(&app, &by_owner, "suspendMember", input).await;
    assert_eq!(done["membership"]["status"], "SUSPENDED", "{done}");
    app.app.callers.forget_sessions();
    assert_eq!(app.post(&token, &json!({ "query": "{ viewer { permissions } }" })).await.status, 401);
    // The account and the other project are not concerned.
    assert_eq!(browser.state(&app).await["memberships"], json!([there]));
    assert_eq!(Browser::default().sign_in(&app, &rosa).await.status, 200);

    let input = json!({ "membershipId": here["id"], "isSuspended": false });
    for _ in 0..2 {
        let done = run(&app, &by_owner, "suspendMember", input.clone()).await;
        assert_eq!(done["membership"]["status"], "ACTIVE", "{done}");
    }
    app.app.callers.forget_sessions();
    assert_eq!(browser.state(&app).await["memberships"].as_array().unwrap(), before);
    assert_eq!(app.post(&token, &json!({ "query": "{ viewer { permissions } }" })).await.status, 200);
    for action in ["Membership.Suspended", "Membership.Resumed"] {
        assert_eq!(audited(&app, action).await, 1, "{action}");
    }
}

#[rstest]
#[tokio::test]
async fn nobody_suspends_the_last_owner_nor_a_member_with_more_permissions(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut second) = Person::invited(&app, "second@example.org", BuiltIn::Owner, None).await;
    let (_, mut admin) = Person::invited(&app, "admin@example.org", BuiltIn::Admin, None).await;
    let (first_id, second_id) =
        (membership(&app, &mut owner).await["id"].take(), membership(&app, &mut second).await["id"].take());
    let (by_owner, by_admin) = (owner.token(&app, app.project).await, admin.token(&app, app.project).await);
    let refused = run(&app, &by_admin, "suspendMember", json!({ "membershipId": second_id })).await;
    assert_eq!(refused["__typename"], "RoleExceedsRejection");
    let done = run(&app, &by_owner, "suspendMember", json!({ "membershipId": second_id })).await;
    assert_eq!(done["membership"]["status"], "SUSPENDED");
    // A suspended owner is none.
    for (name, caller) in
        [("suspendMember", &by_owner), ("suspendMember", &app.token), ("endMembership", &app.token)]
    {
        let refused = run(&app, caller, name, json!({ "membershipId": first_id })).await;
        assert_eq!(refused["__typename"], "LastOwnerRejection", "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn an_erased_member_keeps_its_number_and_nothing_else(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut operator = Browser::default();
    let link = set_up(&app).await;
    Person::accepting(&app, &mut operator, &link, "operator@example.org").await;
    app.clock.set(app.clock.now().plus_seconds(60));
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (rosa, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    add(&app, &mut browser, &mut device(), "Laptop").await;
    invitation(&app, "rosa@example.org", BuiltIn::Auditor, None).await;
    let row = membership(&app, &mut browser).await;
    let input = json!({ "membershipId": row["id"] });

    let by_owner = owner.token(&app, app.project).await;
    for caller in [&by_owner, &app.token] {
        let refused = run(&app, caller, "eraseMember", input.clone()).await;
        assert_eq!(
            refused,
            json!({
                "__typename": "OperatorNeededRejection",
                "message": "only operators of the installation may do this",
            })
        );
    }
    let by_operator = operator.token(&app, app.project).await;
    // A member whose membership has ended is erased as well.
    run(&app, &by_owner, "endMembership", input.clone()).await;
    let done = run(&app, &by_operator, "eraseMember", input.clone()).await;
    let expected = json!({
        "number": row["number"], "label": format!("Former member {}", row["number"]), "email": null,
        "status": "ENDED", "role": { "name": "Reviewer" },
    });
    assert_eq!(done["membership"], expected, "{done}");
    assert_eq!(audited(&app, "Member.Erased").await, 1);
    let again = run(&app, &by_operator, "eraseMember", input).await;
    assert_eq!(again["__typename"], "MembershipNotFoundRejection");

    let signed = "{ auditEvents(filters: { actions: [\"Member.PasskeyAdded\"] }) { edges { node { actor { label } } } } }";
    let expected = json!([{ "node": { "actor": { "label": format!("Former member {}", row["number"]) } } }]);
    // The list ends before the oldest open transaction that may have written: the use of a credential is written after its answer.
    for _ in 0..100 {
        if app.query(signed).await["auditEvents"]["edges"] == expected {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(app.query(signed).await["auditEvents"]["edges"], expected);
    app.app.callers.forget_sessions();
    assert!(!browser.is_signed_in(&app).await);
    assert_eq!(Browser::default().password(&app, &rosa.email, PASSWORD).await.status, 401);
    let db = app.store.write();
    let erased: Vec<_> = member::Entity::find().all(db).await.unwrap();
    let erased = erased.iter().find(|row| row.status == member::Status::Removed).unwrap();
    assert_eq!((erased.wrapped_key.len(), erased.personal.len()), (0, 0));
    assert_ne!(erased.email_hash, app.root.member_email(&rosa.email));
    let others = [
        member_session::Entity::find().count(db).await.unwrap(),
        member_password::Entity::find().count(db).await.unwrap(),
        member_totp::Entity::find().count(db).await.unwrap(),
        member_passkey::Entity::find().count(db).await.unwrap(),
    ];
    assert_eq!(others, [2, 2, 2, 0], "of the operator and of the owner");
    assert_eq!(app.query("{ invitations { email } }").await, json!({ "invitations": [] }));
    // The address is free, for another person.
    let (_, mut new) = Person::invited(&app, "rosa@example.org", BuiltIn::Support, None).await;
    assert_ne!(membership(&app, &mut new).await["number"], row["number"]);
}

#[rstest]
#[tokio::test]
async fn the_last_owner_of_any_project_is_not_erased_and_a_project_names_its_own_actors_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut operator = Browser::default();
    let link = set_up(&app).await;
    Person::accepting(&app, &mut operator, &link, "operator@example.org").await;
    app.clock.set(app.clock.now().plus_seconds(60));
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let other = app.new_project().await;
    let link = invitation_to(&app, other, "rosa@example.org", BuiltIn::Owner, None).await;
    assert_eq!(browser.post(&app, "/auth/link/join", json!({ "token": link })).await.status, 200);
    let before = browser.state(&app).await["memberships"].take();
    let here = before.as_array().unwrap().iter().find(|it| it["project"]["id"] == app.project.to_string());
    let token = operator.token(&app, app.project).await;
    let refused = run(&app, &token, "eraseMember", json!({ "membershipId": here.unwrap()["id"] })).await;
    assert_eq!(refused["__typename"], "LastOwnerRejection");
    assert_eq!(browser.state(&app).await["memberships"], before, "nothing has changed");
    let link = invitation_to(&app, other, "olga@example.org", BuiltIn::Owner, None).await;
    Person::accepting(&app, &mut Browser::default(), &link, "olga@example.org").await;
    let done = run(&app, &token, "eraseMember", json!({ "membershipId": here.unwrap()["id"] })).await;
    assert_eq!(done["__typename"], "MembershipSuccessPayload", "{done}");
    let by: Uuid = membership(&app, &mut operator).await["id"].as_str().unwrap().parse().unwrap();
    let rows = audit_event::Entity::find().filter(audit_event::Column::Action.eq("Member.Erased"));
    let rows = rows.all(app.store.write()).await.unwrap();
    let rows: BTreeSet<_> = rows.into_iter().map(|row| (row.project_id, row.membership_id)).collect();
    assert_eq!(rows, BTreeSet::from([(app.project, Some(by)), (other, None)]));
    // Nor does the operator, the last owner here, erase itself.
    let own = membership(&app, &mut operator).await;
    let refused = run(&app, &token, "eraseMember", json!({ "membershipId": own["id"] })).await;
    assert_eq!(refused["__typename"], "LastOwnerRejection");
}

#[rstest]
#[tokio::test]
async fn a_revoked_invitation_does_not_work(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    const REVOKE: &str = "mutation($id: ID!) { revokeInvitation(input: { invitationId: $id }) { __typename
        ... on RevokeInvitationSuccessPayload { invitationId } } }";
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut admin) = Person::invited(&app, "admin@example.org", BuiltIn::Admin, None).await;
    let link = invitation(&app, "new@example.org", BuiltIn::Owner, None).await;
    let listed = app.query("{ invitations { id email } }").await["invitations"].take();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["email"]), (1, &json!("new@example.org")));
    let id = &listed[0]["id"];
    let revoke =
        async |token: &str| app.query_as(token, REVOKE, json!({ "id": id })).await["revokeInvitation"].take();
    let by_admin = admin.token(&app, app.project).await;
    assert_eq!(revoke(&by_admin).await, json!({ "__typename": "RoleExceedsRejection" }));
    let other = app.token_for(app.new_project().await, verigraph::auth::Permissions::all(), None).await;
    assert_eq!(revoke(&other).await, json!({ "__typename": "InvitationNotFoundRejection" }));

    let by_owner = owner.token(&app, app.project).await;
    let done = json!({ "__typename": "RevokeInvitationSuccessPayload", "invitationId": id });
    assert_eq!(revoke(&by_owner).await, done);
    assert_eq!(revoke(&by_owner).await, json!({ "__typename": "InvitationNotFoundRejection" }));
    assert_eq!(app.query("{ invitations { id } }").await, json!({ "invitations": [] }));
    let opened = Browser::default().post(&app, "/auth/link/open", json!({ "token": link })).await;
    assert_eq!((opened.status.as_u16(), opened.json()["code"].take()), (410, json!("LINK_SPENT")));
    assert_eq!(audited(&app, "Invitation.Revoked").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_permission_says_whether_it_needs_a_fresh_sign_in(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let all = app.query("{ permissions { name needsFreshSignIn } }").await["permissions"].take();
    let fresh: Vec<_> = all.as_array().unwrap().iter().filter(|it| it["needsFreshSignIn"] == true).collect();
    let fresh: Vec<_> = fresh.into_iter().map(|it| it["name"].as_str().unwrap()).collect();
    let expected =
        ["USERS:ERASE", "WEBHOOKS:MANAGE", "CREDENTIALS:MANAGE", "MEMBERS:MANAGE", "PROJECT:MANAGE"];
    assert_eq!(fresh, expected);
}
