//! The levels of seeded users have a history.

use serde_json::Value;

use super::{Place, servers::query_seed};

#[tokio::test]
async fn seeded_users_have_a_level_history_and_future_expiries() {
    let place = Place::new();
    place.run_ok(&["seed", "--users", "40", "--identifications-per-user", "3"]);
    // After all generated events, and before any of them.
    let data = query_seed(
        &place,
        "{ users(first: 40) { edges { node { now: identificationLevels { expert QES PVID }
            then: identificationLevels(asOf: \"2026-01-02T00:00:00Z\") { expert QES PVID }
            before: identificationLevels(asOf: \"2020-01-01T00:00:00Z\") { expert QES PVID }
            identifications { edges { node { process status } } } } } }
          levelForecast(until: \"2040-01-01T00:00:00Z\") { totalCount }
          lapsed: levelForecast(until: \"2028-01-01T00:00:00Z\") { totalCount } }",
    )
    .await;
    let edges = data["users"]["edges"].as_array().unwrap();
    let mut ends = 0;
    for node in edges.iter().map(|edge| &edge["node"]) {
        assert_eq!(node["then"], node["now"], "{node}");
        let before = node["before"].as_object().unwrap();
        assert!(before.values().all(|held| held == &Value::Bool(false)), "{node}");
        let held = |level: &str| u64::from(node["now"][level] == true);
        ends += held("QES") + held("PVID");
    }
    assert!(ends > 0);
    // Each user loses a level once: when the last identification with it expires.
    assert_eq!(data["levelForecast"]["totalCount"], ends);
    assert_eq!(data["lapsed"]["totalCount"], 0);
}
