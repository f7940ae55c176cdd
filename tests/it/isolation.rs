//! Projects are isolated from each other.

mod walks;

use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use crate::harness::{Db, NewGrant, NewIdentification, NewUser, TestApp};

/// A project with two users and its token. The users have the same names in every project.
#[derive(Clone)]
struct Side {
    token: String,
    shared: Uuid,
    own: Uuid,
    /// The `refId` of `own`, unique among the projects.
    own_ref: String,
    /// Of the user `shared`.
    identification: Uuid,
    /// Of the user `own`.
    other_identification: Uuid,
    level: Uuid,
    /// Of the user `shared`.
    grant: Uuid,
}

impl Side {
    async fn insert(app: &TestApp, project: Uuid) -> Self {
        let own_ref = format!("only in {project}");
        let user = |ref_id, updated_at| NewUser {
            project: Some(project),
            ref_id: Some(ref_id),
            tags: &["both"],
            updated_at: Some(updated_at),
            created_at: None,
            ..NewUser::default()
        };
        let shared = app.user(user("shared", 2000)).await;
        let own = app.user(user(&own_ref, 1000)).await;
        let new = |updated_at| NewIdentification {
            project: Some(project),
            updated_at: Some(updated_at),
            ..NewIdentification::default()
        };
        let identification = app.identification(shared, new(2000)).await;
        let other_identification = app.identification(own, new(1000)).await;
        let token = app.token_for(project, Permissions::all(), None).await;
        let level = app.level(Some(project), "Level 0", 0).await;
        let new = NewGrant { project: Some(project), reason: "created", ..NewGrant::default() };
        let grant = app.granted(shared, level, new).await;
        Self { token, shared, own, own_ref, identification, other_identification, level, grant }
    }

    async fn query(&self, app: &TestApp, query: &str) -> Value {
        app.query_as(&self.token, query, json!({})).await
    }
}

/// Both directions: each project tries to access the other.
async fn both_ways(app: &TestApp) -> [(Side, Side); 2] {
    let other = app.new_project().await;
    let (here, there) = (Side::insert(app, app.project).await, Side::insert(app, other).await);
    [(here.clone(), there.clone()), (there, here)]
}

#[rstest]
#[tokio::test]
async fn no_id_gives_access_to_another_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (mine, theirs) in both_ways(&app).await {
        for id in [
            theirs.shared.to_string(),
            theirs.own.to_string(),
            theirs.own_ref.clone(),
            theirs.identification.to_string(),
            theirs.level.to_string(),
            theirs.grant.to_string(),
        ] {
            let query = format!(
                "{{
                    user(id: \"{id}\") {{ id }}
                    node(id: \"{id}\") {{ id }}
                    nodes(ids: [\"{id}\", \"{}\", \"{id}\", \"{}\"]) {{ id }}
                    identification(id: \"{id}\") {{ id user {{ id }} }}
                    verification(id: \"{id}\") {{ id }}
                }}",
                mine.own, mine.identification
            );
            let nodes = json!([null, { "id": mine.own }, null, { "id": mine.identification }]);
            let nothing = json!({ "user": null, "node": null, "nodes": nodes, "identification": null, "verification": null });
            assert_eq!(mine.query(&app, &query).await, nothing, "{id}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_same_ref_id_is_a_different_user_in_each_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (mine, _) in both_ways(&app).await {
        let query = "{ user(id: \"shared\") {
                id identifications { totalCount edges { node { id user { id } } } } } }";
        let node = json!({ "id": mine.identification, "user": { "id": mine.shared } });
        let list = json!({ "totalCount": 1, "edges": [{ "node": node }] });
        assert_eq!(
            mine.query(&app, query).await,
            json!({ "user": { "id": mine.shared, "identifications": list } })
        );
    }
}

/// An id of another project does not shadow an equal `refId` of this one: a caller may have chosen it.
#[rstest]
#[tokio::test]
async fn an_id_of_another_project_can_be_a_ref_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (mine, theirs) in both_ways(&app).await {
        let project = mine.query(&app, "{ viewer { project { id } } }").await;
        let project = project["viewer"]["project"]["id"].as_str().unwrap().parse().unwrap();
        let named = theirs.own.to_string();
        let new = NewUser { project: Some(project), ref_id: Some(&named), ..NewUser::default() };
        let chosen = app.user(new).await;
        let found = mine
            .query(&app, &format!("{{ user(id: \"{named}\") {{ id }} node(id: \"{named}\") {{ id }} }}"))
            .await;
        assert_eq!(found, json!({ "user": { "id": chosen }, "node": null }));
    }
}

#[rstest]
#[tokio::test]
async fn lists_and_totals_contain_only_rows_of_the_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (mine, theirs) in both_ways(&app).await {
        let (shared, own) = (json!({ "node": { "id": mine.shared } }), json!({ "node": { "id": mine.own } }));
        let foreign = format!("filters: {{ refIds: [\"{}\"] }}", theirs.own_ref);
        let any =
            format!("filters: {{ refIds: [\"shared\", \"{}\", \"{}\"] }}", theirs.own_ref, theirs.shared);
        let ids = format!("filters: {{ tags: [\"{}\", \"{}\"] }}", theirs.shared, theirs.own_ref);
        for (arguments, expected) in [
            ("first: 100", vec![&shared, &own]),
            ("last: 100", vec![&shared, &own]),
            ("last: 1", vec![&own]),
            ("orderBy: { direction: Asc }", vec![&own, &shared]),
            ("orderBy: { field: number, direction: Asc }", vec![&shared, &own]),
            ("filters: { tags: [\"both\"] }", vec![&shared, &own]),
            ("filters: { statuses: [Active, Deactivated, Erased] }", vec![&shared, &own]),
            (&foreign, vec![]),
            (&any, vec![&shared]),
            (&ids, vec![]),
        ] {
            let query = format!("{{ users({arguments}) {{ totalCount edges {{ node {{ id }} }} }} }}");
            let total = if arguments == "last: 1" { 2 } else { expected.len() };
            let expected = json!({ "users": { "totalCount": total, "edges": expected } });
            assert_eq!(mine.query(&app, &query).await, expected, "{query}");
        }
        // Counted in a separate statement, without a page.
        assert_eq!(
            mine.query(&app, "{ users(first: 0) { totalCount } identifications(first: 0) { totalCount } }")
                .await,
            json!({ "users": { "totalCount": 2 }, "identifications": { "totalCount": 2 } })
        );
        let node = |id: Uuid, user: Uuid| json!({ "node": { "id": id, "user": { "id": user } } });
        let first = node(mine.identification, mine.shared);
        let second = node(mine.other_identification, mine.own);
        for (arguments, edges) in [
            ("first: 100", json!([first, second])),
            ("orderBy: { field: updatedAt, direction: Asc }", json!([second, first])),
            ("filters: { statuses: Valid, processes: Expert, levels: expert }", json!([first, second])),
        ] {
            let query = format!(
                "{{ identifications({arguments}) {{
                        totalCount edges {{ node {{ id user {{ id }} }} }} }} }}"
            );
            let expected = json!({ "identifications": { "totalCount": 2, "edges": edges } });
            assert_eq!(mine.query(&app, &query).await, expected, "{query}");
        }
        // Nested lists: one statement for all users, and one for the total of each.
        let query = "{ users { edges { node {
                identifications(first: 0) { totalCount }
                all: identifications { edges { node { id } } }
                identificationLevels { expert } } } } }";
        let user = |id: Uuid| {
            json!({ "node": {
            "identifications": { "totalCount": 1 },
            "all": { "edges": [{ "node": { "id": id } }] },
            "identificationLevels": { "expert": true },
        } })
        };
        let users = json!([user(mine.identification), user(mine.other_identification)]);
        assert_eq!(mine.query(&app, query).await, json!({ "users": { "edges": users } }));
    }
}

#[rstest]
#[tokio::test]
async fn history_and_levels_are_limited_to_the_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (mine, theirs) in both_ways(&app).await {
        let query = format!(
            "{{ verificationLevels {{ id }} verifications {{ totalCount edges {{ node {{ id }} }} }}
                    foreign: verifications(filters: {{ userId: \"{}\" }}) {{ totalCount }}
                    other: verifications(filters: {{ levelIds: [\"{}\"] }}) {{ totalCount }} }}",
            theirs.shared, theirs.level
        );
        let nothing = json!({ "totalCount": 0 });
        let mine_alone = json!({ "totalCount": 1, "edges": [{ "node": { "id": mine.grant } }] });
        let expected = json!({ "verificationLevels": [{ "id": mine.level }],
            "verifications": mine_alone, "foreign": nothing, "other": nothing });
        assert_eq!(mine.query(&app, &query).await, expected);
        // A level of another project cannot be granted, nor a level to a user of another project.
        for (user, level, refused) in [
            (theirs.shared, mine.level, "UserNotFoundRejection"),
            (mine.own, theirs.level, "VerificationLevelNotFoundRejection"),
        ] {
            let mutation = format!(
                "mutation {{ grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{level}\",
                        reason: \"why\" }}) {{ __typename }} }}"
            );
            let data = mine.query(&app, &mutation).await;
            assert_eq!(data["grantVerificationLevel"]["__typename"], refused);
        }
        assert_eq!(mine.query(&app, &query).await, expected);
    }
}

#[rstest]
#[tokio::test]
async fn a_cursor_of_another_project_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let query = |list: &str, argument: &str, cursor: &str| {
        let page = if argument.is_empty() { String::new() } else { format!("({argument}: \"{cursor}\")") };
        match list {
            "User.identifications" => format!(
                "{{ user(id: \"shared\") {{ list: identifications{page} {{ edges {{ cursor }} }} }} }}"
            ),
            list => format!("{{ list: {list}{page} {{ edges {{ cursor }} }} }}"),
        }
    };
    for (mine, theirs) in both_ways(&app).await {
        for list in ["users", "identifications", "User.identifications", "verifications"] {
            let pointer =
                if list.contains('.') { "/user/list/edges/0/cursor" } else { "/list/edges/0/cursor" };
            let found = theirs.query(&app, &query(list, "", "")).await;
            let cursor = found.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{found}"));
            for argument in ["after", "before"] {
                let document = query(list, argument, cursor);
                theirs.query(&app, &document).await;
                let answer = app.post(&mine.token, &json!({ "query": document })).await;
                assert_eq!(answer.code(), "BAD_CURSOR", "{list} {argument}");
                let data = if list.contains('.') {
                    json!({ "user": { "list": null } })
                } else {
                    json!({ "list": null })
                };
                assert_eq!(answer.json()["data"], data, "{list} {argument}");
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_viewer_shows_its_own_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let [(mine, theirs), _] = both_ways(&app).await;
    let project = async |side: &Side| {
        side.query(&app, "{ viewer { project { id } } }").await["viewer"]["project"]["id"].take()
    };
    assert_eq!(project(&mine).await, json!(app.project));
    assert_ne!(project(&theirs).await, json!(app.project));
}
