//! Read permissions: denied by default, for every field of the schema and every set of permissions.

mod audited;
mod beside;
mod by_role;
mod documents;
pub mod fixture;
pub mod graph;
mod inputs;
pub mod lifecycle;
mod members;
mod model;
mod mutations;
pub mod outcomes;
mod routes;
mod rows;
mod unlisted;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions, policy::rule::Requirement},
    schema::POLICY,
};

use self::{
    fixture::Fixture,
    graph::{Graph, Step},
    model::Question,
};
use crate::harness::{Db, NewUser, TestApp};

#[test]
fn every_field_has_exactly_one_rule_and_every_rule_a_field() {
    let rows = POLICY
        .rows()
        .iter()
        .copied()
        .flat_map(|(name, _, _, fields)| fields.iter().map(move |field| (name, *field)));
    let mut ruled = BTreeSet::new();
    for (name, field) in rows {
        assert!(ruled.insert((name.to_owned(), field.to_owned())), "two rules for {name}.{field}");
    }
    let fields = Graph::served().fields();
    let (unruled, stale) = (fields.difference(&ruled), ruled.difference(&fields));
    assert_eq!(
        (unruled.collect(), stale.collect()),
        (Vec::new(), Vec::new()),
        "fields without a rule, and the reverse"
    );
}

#[test]
fn personal_fields_need_the_permission_for_personal_data() {
    for (name, need, class, fields) in POLICY.rows().iter().copied() {
        let personal = class == verigraph::auth::policy::rule::DataClass::Personal;
        // Data in a result was released by its scopes to every caller that may read results.
        let is_let = [Permission::UsersPersonal, Permission::DocumentsView, Permission::UsersMasked]
            .map(Requirement::One)
            .contains(&need);
        assert!(is_let || !personal || name.starts_with("VerificationResult"), "{name}: {fields:?}");
        assert!(personal || !is_let, "{name}: {fields:?}");
    }
}

/// Sets of read permissions, the empty one first: each alone, all but each, all. Write permissions allow no
/// reads: each set has all or none of them.
fn every_permissions() -> Vec<Permissions> {
    let reads = |permission: &Permission| {
        POLICY.rows().iter().copied().any(|(_, need, _, _)| need == Requirement::One(*permission))
    };
    let (reading, others): (Vec<_>, Vec<_>) = Permission::ALL.iter().copied().partition(reads);
    let all = u32::try_from(reading.len()).unwrap();
    let telling = move |bits: &u32| bits.count_ones() <= 1 || bits.count_ones() + 1 >= all;
    let sets = (0..1_u32 << all).filter(telling);
    let set = |bits: u32| {
        let reading = (0..).zip(&reading).filter(move |(place, _)| bits & 1 << place != 0);
        reading.map(|(_, one)| *one).chain(others.iter().copied().filter(move |_| bits.is_multiple_of(2)))
    };
    sets.map(|bits| set(bits).collect()).collect()
}

/// Whether a tag-limited caller can read the fields of a path. The permissions of a viewer differ too.
fn is_limited(way: &[Step]) -> bool {
    way.iter().all(|step| {
        let need = POLICY.rule(&step.parent, step.name()).unwrap().need;
        let is_open =
            if let Requirement::One(permission) = need { permission.goes_with_tag_limits() } else { true };
        is_open && (step.parent.as_str(), step.name()) != ("Viewer", "permissions")
    })
}

/// A token with every permission, and one for each set of them.
struct Callers {
    everything: String,
    each: Vec<(Permissions, String)>,
}

impl Callers {
    async fn of(app: &TestApp, fixture: &Fixture, tags: Option<&[&str]>) -> Self {
        let credential = app.credential(app.project, Permissions::all(), tags).await.credential;
        fixture.endorse(app, credential).await;
        fixture.create_credentials(app).await;
        let mut each = Vec::new();
        for permissions in every_permissions() {
            each.push((permissions, app.token_of(credential, permissions, 3600).await));
        }
        Self { everything: app.token_of(credential, Permissions::all(), 3600).await, each }
    }
}

/// An answer without the signed URLs of images, which differ each time.
fn masked(answer: Value) -> Value {
    match answer {
        Value::String(text) if text.starts_with("/images/") => "/images/".into(),
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, masked(value))).collect(),
        value => value,
    }
}

/// Paths from the root to every field that visit no type twice. Of those that enter the field's type by the
/// same field, the shortest three that need different permissions: the others pass through types that are
/// entered on other paths too.
fn different_ways(graph: &Graph) -> Vec<Vec<Step>> {
    let mut ways = graph.ways();
    ways.sort_by_key(Vec::len);
    let mut seen: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    ways.retain(|way| {
        let needs = way.iter().map(|step| POLICY.rule(&step.parent, step.name()).unwrap().need);
        let needs = needs
            .filter_map(|need| if let Requirement::One(permission) = need { Some(permission) } else { None });
        let entry = way.iter().rev().take(2).map(|step| (step.parent.clone(), step.name().to_owned()));
        let known = seen.entry(entry.collect::<Vec<_>>()).or_default();
        known.len() < 3 && known.insert(needs.collect::<Permissions>().to_string())
    });
    ways
}

/// For every field, every path to it and every set of permissions: it has a value if and only if the caller
/// holds what the policy table requires for the field and for the path. Otherwise it is null, or its parent
/// is if it cannot be, and an error names its path; the rest of the answer is unchanged.
#[rstest]
#[tokio::test]
async fn a_field_is_returned_exactly_if_its_rule_and_its_path_allow_it(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let fixture = Fixture::insert(&app).await;
    let tagged = Callers::of(&app, &fixture, Some(&[Fixture::TAG])).await;
    // Tag-limited callers cannot use webhooks.
    let unlimited = Callers::of(&app, &fixture, None).await;
    let graph = Graph::served();
    let mut answered = BTreeSet::new();
    for way in different_ways(&graph) {
        let Callers { everything, each } = if is_limited(&way) { &tagged } else { &unlimited };
        let question = Question::new(&graph, way, &fixture);
        let whole = masked(app.query_as(everything, &question.text, json!({})).await);
        if question.is_answered(&whole) {
            answered.insert(question.target());
        }
        for (permissions, token) in each {
            if !question.is_distinct(*permissions) {
                continue;
            }
            let answer = app.run_as(token, &question.text, json!({})).await;
            assert_eq!(
                masked(answer),
                question.expected(&whole, *permissions),
                "[{permissions}] {}",
                question.text
            );
        }
    }
    let mut expected = graph.read_fields();
    // The callers are credentials. `members` has those of a member.
    expected.remove(&("Viewer".to_owned(), "membership".to_owned()));
    assert_eq!(answered, expected, "the fixture has no value for some field");
}

/// By default, async-graphql drops the object around a failing field.
#[rstest]
#[tokio::test]
async fn a_denied_field_does_not_affect_its_siblings(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let first = app.user(NewUser { ref_id: Some("one"), updated_at: Some(2), ..NewUser::default() }).await;
    let second = app.user(NewUser { ref_id: Some("two"), updated_at: Some(1), ..NewUser::default() }).await;
    let token = app.token_with(&[Permission::UsersView]).await;
    let query = "{
            me: user(id: \"one\") { id name: firstName refId }
            users { edges { node { __typename lastName id } } totalCount }
            nodes(ids: [\"FIRST\", \"SECOND\"]) { ... on User { levels: identificationLevels { QES } id } }
        }";
    let query = query.replace("FIRST", &first.to_string()).replace("SECOND", &second.to_string());
    let denied = |permission: &str, line: u64, column: u64, path: Value| {
        json!({
            "message": format!("this requires the permission {permission}"),
            "locations": [{ "line": line, "column": column }],
            "path": path,
            "extensions": { "code": "FORBIDDEN" },
        })
    };
    assert_eq!(
        app.run_as(&token, &query, json!({})).await,
        json!({
            "data": {
                "me": { "id": first, "name": null, "refId": "one" },
                "users": {
                    "edges": [
                        { "node": { "__typename": "User", "lastName": null, "id": first } },
                        { "node": { "__typename": "User", "lastName": null, "id": second } },
                    ],
                    "totalCount": 2,
                },
                "nodes": [{ "levels": null, "id": first }, { "levels": null, "id": second }],
            },
            "errors": [
                denied("USERS:PERSONAL", 2, 44, json!(["me", "name"])),
                denied("USERS:PERSONAL", 3, 47, json!(["users", "edges", 0, "node", "lastName"])),
                denied("USERS:PERSONAL", 3, 47, json!(["users", "edges", 1, "node", "lastName"])),
                denied("IDENTIFICATIONS:VIEW", 4, 130, json!(["nodes", 0, "levels"])),
                denied("IDENTIFICATIONS:VIEW", 4, 130, json!(["nodes", 1, "levels"])),
            ],
        })
    );
}

/// Introspection needs only a token, and is recognised by field names, not by aliases.
#[rstest]
#[tokio::test]
async fn an_alias_does_not_bypass_a_rule(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    let token = app.token_with(&[Permission::UsersView]).await;
    for alias in ["__schema", "__typename", "__type", "id", "tags"] {
        let query = format!("{{ user(id: \"one\") {{ {alias}: firstName }} }}");
        let mut answer = app.run_as(&token, &query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"].take(), "FORBIDDEN", "{query}");
        assert_eq!(answer["data"], json!({ "user": { alias: null } }), "{query}");
    }
}

#[rstest]
#[tokio::test]
async fn fields_of_a_federation_do_not_exist(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for field in ["_service { sdl }", "_entities(representations: []) { __typename }"] {
        for more in ["", "users { totalCount }"] {
            let query = format!("{{ {more} {field} }}");
            let answer = app.post(&app.token, &json!({ "query": query })).await;
            assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{query}: {}", answer.text);
        }
    }
}
