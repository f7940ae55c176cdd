//! Who may read what: default deny, for every field of the schema and every set of permissions.

mod beside;
pub mod fixture;
pub mod graph;
mod inputs;
pub mod lifecycle;
mod model;
mod mutations;
pub mod outcomes;
mod routes;
mod rows;
mod unlisted;
mod webhooks;

use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use verigraph::auth::{
    Permission, Permissions,
    policy::{self, rule::Requirement},
};

use self::{
    fixture::Fixture,
    graph::{Graph, Step},
    model::Question,
};
use crate::harness::{Db, NewUser, TestApp};

#[test]
fn every_field_has_one_rule_and_every_rule_a_field() {
    let rows = policy::rows().flat_map(|(name, _, _, fields)| fields.iter().map(move |field| (name, *field)));
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
fn what_tells_who_somebody_is_needs_the_permission_for_it() {
    for (name, need, class, fields) in policy::rows() {
        let personal = class == policy::rule::DataClass::Personal;
        // What a result releases was released by its scopes, to whoever may read results.
        let is_let =
            [Permission::UsersPersonal, Permission::DocumentsView].map(Requirement::One).contains(&need);
        assert!(is_let || !personal || name.starts_with("VerificationResult"), "{name}: {fields:?}");
        assert!(personal || !is_let, "{name}: {fields:?}");
    }
}

/// Sets of permissions to read, the empty one first: each alone, all but each, all. What lets a caller
/// change something lets it read nothing: each set holds all or none of those.
fn every_permissions() -> Vec<Permissions> {
    let reads =
        |permission: &Permission| policy::rows().any(|(_, need, _, _)| need == Requirement::One(*permission));
    let (reading, others): (Vec<_>, Vec<_>) = Permission::ALL.into_iter().partition(reads);
    let all = u32::try_from(reading.len()).unwrap();
    let telling = move |bits: &u32| bits.count_ones() <= 1 || bits.count_ones() + 1 >= all;
    let sets = (0..1_u32 << all).filter(telling);
    let set = |bits: u32| {
        let reading = (0..).zip(&reading).filter(move |(place, _)| bits & 1 << place != 0);
        reading.map(|(_, one)| *one).chain(others.iter().copied().filter(move |_| bits.is_multiple_of(2)))
    };
    sets.map(|bits| set(bits).collect()).collect()
}

/// Whether the fields of a way can be read by somebody who is limited to tags. What a viewer may do differs too.
fn is_limited(way: &[Step]) -> bool {
    way.iter().all(|step| {
        let need = policy::rule(&step.parent, step.name()).unwrap().need;
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
        let mut each = Vec::new();
        for permissions in every_permissions() {
            each.push((permissions, app.token_of(credential, permissions, 3600).await));
        }
        Self { everything: app.token_of(credential, Permissions::all(), 3600).await, each }
    }
}

/// An answer without what is in the addresses of images: each is another one.
fn masked(answer: Value) -> Value {
    match answer {
        Value::String(text) if text.starts_with("/images/") => "/images/".into(),
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, masked(value))).collect(),
        value => value,
    }
}

/// Ways from the root to every field that come by no type twice. Of those that enter the field's type by the same field, the
/// shortest three that need different permissions: the rest go through types that are entered on other ways too.
fn different_ways(graph: &Graph) -> Vec<Vec<Step>> {
    let mut ways = graph.ways();
    ways.sort_by_key(Vec::len);
    let mut seen: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    ways.retain(|way| {
        let needs = way.iter().map(|step| policy::rule(&step.parent, step.name()).unwrap().need);
        let needs = needs
            .filter_map(|need| if let Requirement::One(permission) = need { Some(permission) } else { None });
        let entry = way.iter().rev().take(2).map(|step| (step.parent.clone(), step.name().to_owned()));
        let known = seen.entry(entry.collect::<Vec<_>>()).or_default();
        known.len() < 3 && known.insert(needs.collect::<Permissions>().to_string())
    });
    ways
}

/// For every field, on every way to it, and for every set of permissions: it answers if, and only if, what the
/// table asks for it and for the way to it is held. Else it is `null`, its parent is if it cannot be, and there is
/// an error that names the place; all else in the answer is as it would have been.
#[rstest]
#[tokio::test]
async fn a_field_answers_exactly_when_its_rule_and_its_way_allow(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let fixture = Fixture::insert(&app).await;
    let tagged = Callers::of(&app, &fixture, Some(&[Fixture::TAG])).await;
    // Webhooks are nothing for callers that are limited to tags.
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
            if !question.tells_apart(*permissions) {
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
    assert_eq!(answered, graph.read_fields(), "the fixture has no value for some field");
}

/// Left alone, async-graphql empties the object around a field that fails.
#[rstest]
#[tokio::test]
async fn a_denied_field_leaves_its_siblings_standing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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

/// Introspection is open to whoever has a token, and goes by its field names, not by what the caller calls them.
#[rstest]
#[tokio::test]
async fn a_field_that_is_renamed_is_the_same_field(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
