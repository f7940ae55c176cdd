//! Saved views: a member's own and those of everybody.

use entity::{audit_event, member, role::BuiltIn, saved_view};
use rstest::rstest;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use crate::{
    harness::{Db, TestApp},
    members::Person,
};

const SAVE: &str = "mutation($input: SaveViewInput!) { saveView(input: $input) { __typename
    ... on SaveViewSuccessPayload { savedView { id page name query isForEverybody } }
    ... on Rejection { message } } }";
const DELETE: &str = "mutation($id: ID!) { deleteView(input: { viewId: $id }) { __typename } }";
const LIST: &str =
    "query($page: SavedViewPage) { savedViews(page: $page) { page name query isForEverybody } }";

async fn save(app: &TestApp, token: &str, input: Value) -> Value {
    app.query_as(token, SAVE, json!({ "input": input })).await["saveView"].take()
}

async fn delete(app: &TestApp, token: &str, id: &Value) -> Value {
    app.query_as(token, DELETE, json!({ "id": id })).await["deleteView"]["__typename"].take()
}

async fn names(app: &TestApp, token: &str, page: &str) -> Vec<String> {
    let data = app.query_as(token, LIST, json!({ "page": page })).await;
    let views = data["savedViews"].as_array().unwrap();
    views.iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

fn of_users(name: &str) -> Value {
    json!({ "page": "Users", "name": name, "query": "tag=vip" })
}

fn for_everybody(name: &str) -> Value {
    json!({ "page": "Users", "name": name, "query": "tag=vip", "isForEverybody": true })
}

/// The token of a new member.
async fn token_of(app: &TestApp, email: &str, role: BuiltIn, tags: Option<&[&str]>) -> String {
    Person::invited(app, email, role, tags).await.1.token(app, app.project).await
}

#[rstest]
#[tokio::test]
async fn a_member_sees_its_own_views_and_those_of_everybody(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let owner = token_of(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let rosa = token_of(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let saved = save(&app, &rosa, of_users("Mine")).await;
    let view = json!({
        "id": saved["savedView"]["id"], "page": "Users", "name": "Mine", "query": "tag=vip",
        "isForEverybody": false,
    });
    assert_eq!(saved, json!({ "__typename": "SaveViewSuccessPayload", "savedView": view }));
    save(&app, &owner, of_users("Of the owner")).await;
    save(&app, &owner, for_everybody("Ours")).await;
    let results = json!({ "page": "Results", "name": "Results", "query": "", "isForEverybody": true });
    save(&app, &owner, results).await;
    assert_eq!(names(&app, &rosa, "Users").await, ["Ours", "Mine"]);
    assert_eq!(names(&app, &owner, "Users").await, ["Ours", "Of the owner"]);
    assert_eq!(names(&app, &rosa, "Results").await, ["Results"]);
    // A page that the role does not open, another project, and a program.
    let support = token_of(&app, "support@example.org", BuiltIn::Support, None).await;
    assert_eq!(names(&app, &support, "Results").await, [""; 0]);
    assert_eq!(names(&app, &support, "Users").await, ["Ours"]);
    let other = app.new_project().await;
    let other = app.token_for(other, Permissions::all(), None).await;
    assert_eq!(names(&app, &other, "Users").await, [""; 0]);
    assert_eq!(names(&app, &app.token, "Users").await, ["Ours"]);
}

#[rstest]
#[tokio::test]
async fn a_view_of_the_same_name_and_owner_is_replaced(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let owner = token_of(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let first = save(&app, &owner, of_users("Mine")).await;
    save(&app, &owner, for_everybody("Mine")).await;
    let changed = json!({ "page": "Users", "name": " Mine ", "query": "status=Active" });
    let second = save(&app, &owner, changed).await;
    assert_eq!(first["savedView"]["id"], second["savedView"]["id"]);
    let data = app.query_as(&owner, LIST, json!({ "page": "Users" })).await;
    let view = |query: &str, everybody: bool| json!({ "page": "Users", "name": "Mine", "query": query, "isForEverybody": everybody });
    assert_eq!(data["savedViews"], json!([view("tag=vip", true), view("status=Active", false)]));
}

#[rstest]
#[tokio::test]
async fn only_who_manages_the_project_changes_views_of_everybody(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let owner = token_of(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let ours = save(&app, &owner, for_everybody("Ours")).await["savedView"]["id"].take();
    let own = save(&app, &owner, of_users("Own")).await["savedView"]["id"].take();
    for (role, tags) in [(BuiltIn::Admin, None), (BuiltIn::Reviewer, Some(&["vip"][..]))] {
        let other = token_of(&app, &format!("{role:?}@example.org"), role, tags).await;
        let refused = save(&app, &other, for_everybody("Other")).await;
        assert_eq!(refused["__typename"], "ForbiddenRejection");
        assert_eq!(delete(&app, &other, &ours).await, "ForbiddenRejection");
        assert_eq!(delete(&app, &other, &own).await, "SavedViewNotFoundRejection");
        assert_eq!(names(&app, &other, "Users").await, ["Ours"]);
    }
    // A credential has no views of its own.
    let program = app.token_with(&[Permission::UsersView, Permission::ProjectManage]).await;
    assert_eq!(save(&app, &program, of_users("Program")).await["__typename"], "ForbiddenRejection");
    assert_eq!(
        save(&app, &program, for_everybody("By a program")).await["__typename"],
        "SaveViewSuccessPayload"
    );
    let unread = json!({ "page": "Audit", "name": "a", "query": "", "isForEverybody": true });
    assert_eq!(save(&app, &program, unread).await["__typename"], "ForbiddenRejection");
    assert_eq!(delete(&app, &owner, &ours).await, "DeleteViewSuccessPayload");
    assert_eq!(delete(&app, &owner, &own).await, "DeleteViewSuccessPayload");
    assert_eq!(names(&app, &owner, "Users").await, ["By a program"]);
}

#[rstest]
#[tokio::test]
async fn a_view_never_has_the_text_of_a_search(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rosa = token_of(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    for (page, query) in [
        ("Users", "text=Doe"),
        ("Users", "search=Doe"),
        ("Users", "tag=vip&q=Doe"),
        ("Users", "status=John%20Doe"),
        ("Sessions", "refId=john.doe"),
        ("Verifications", "user=Doe"),
    ] {
        let input = json!({ "page": page, "name": "Doe", "query": query });
        let refused = save(&app, &rosa, input).await;
        assert_eq!(refused["__typename"], "InvalidSavedViewRejection", "{query}");
        assert!(!refused["message"].as_str().unwrap().contains("Doe"), "{refused}");
    }
    assert_eq!(names(&app, &rosa, "Users").await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn names_queries_and_their_number_are_bounded(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rosa = token_of(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    for name in ["", "  ", &"n".repeat(61)] {
        let answer = app.run_as(&rosa, SAVE, json!({ "input": of_users(name) })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
    let long = json!({ "page": "Users", "name": "a", "query": format!("tag={}", "&tag=a".repeat(400)) });
    assert_eq!(save(&app, &rosa, long).await["__typename"], "InvalidSavedViewRejection");
    for number in 0..50 {
        let page = if number % 2 == 0 { "Users" } else { "Sessions" };
        let view = json!({ "page": page, "name": format!("View {number}"), "query": "" });
        assert_eq!(save(&app, &rosa, view).await["__typename"], "SaveViewSuccessPayload");
    }
    assert_eq!(save(&app, &rosa, of_users("Last")).await["__typename"], "TooManySavedViewsRejection");
    // One that exists can be changed, and another member has its own.
    assert_eq!(save(&app, &rosa, of_users("View 0")).await["__typename"], "SaveViewSuccessPayload");
    let otto = token_of(&app, "otto@example.org", BuiltIn::Reviewer, None).await;
    assert_eq!(save(&app, &otto, of_users("First")).await["__typename"], "SaveViewSuccessPayload");
}

#[rstest]
#[tokio::test]
async fn saving_and_deleting_is_audited_and_erasing_a_member_deletes_its_views(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let owner = token_of(&app, "owner@example.org", BuiltIn::Owner, None).await;
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let rosa = browser.token(&app, app.project).await;
    let gone = save(&app, &rosa, of_users("Gone")).await["savedView"]["id"].take();
    assert_eq!(delete(&app, &rosa, &gone).await, "DeleteViewSuccessPayload");
    save(&app, &rosa, of_users("Kept")).await;
    save(&app, &owner, for_everybody("Ours")).await;
    let entries = async |action: &str| {
        let of_action = audit_event::Entity::find().filter(audit_event::Column::Action.eq(action));
        of_action
            .filter(audit_event::Column::MembershipId.is_not_null())
            .count(app.store.read())
            .await
            .unwrap()
    };
    assert_eq!((entries("SavedView.Saved").await, entries("SavedView.Deleted").await), (3, 1));
    // The views of a membership that has ended wait for its return; those of an erased member do not.
    let membership = browser.state(&app).await["memberships"][0]["id"].take();
    let views = async || {
        let names = saved_view::Entity::find().select_only().column(saved_view::Column::Name);
        let names = names.order_by_asc(saved_view::Column::Name).into_tuple::<String>();
        names.all(app.store.read()).await.unwrap()
    };
    let end = "mutation($id: ID!) { endMembership(input: { membershipId: $id }) { __typename } }";
    app.query_as(&owner, end, json!({ "id": membership })).await;
    assert_eq!(views().await, ["Kept", "Ours"]);
    let set = member::Entity::update_many().col_expr(member::Column::IsOperator, Expr::val(true));
    set.exec(app.store.write()).await.unwrap();
    app.app.callers.forget_sessions();
    let erase = "mutation($id: ID!) { eraseMember(input: { membershipId: $id }) { __typename } }";
    let erased = app.query_as(&owner, erase, json!({ "id": membership })).await;
    assert_eq!(erased["eraseMember"]["__typename"], "MembershipSuccessPayload");
    assert_eq!(views().await, ["Ours"]);
}
