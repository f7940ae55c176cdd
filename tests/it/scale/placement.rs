//! `verigraph placement`, and a database on which tables are not placed.

use migration::HOMES;
use sea_orm::ConnectionTrait;
use verigraph::db::placement;

use crate::harness::{Db, TestApp};

#[test]
fn a_table_is_placed_after_those_that_it_references() {
    let statements = placement::citus();
    assert_eq!(
        statements[..4],
        [
            "DROP TRIGGER audit_events_stay ON audit_events;",
            "SELECT create_reference_table('projects');",
            "SELECT create_reference_table('integrations');",
            "SELECT create_reference_table('credentials');",
        ]
    );
    let distributed = |table: &str, with: &str| {
        format!("SELECT create_distributed_table('{table}', 'project_id', colocate_with => '{with}');")
    };
    assert!(statements.contains(&distributed("counters", "none")));
    let place = |table| statements.iter().position(|it| *it == distributed(table, "counters")).unwrap();
    assert!(place("project_keys") < place("users") && place("users") < place("identifications"));
    assert!(place("webhook_subscriptions") < place("webhook_deliveries"));
}

#[tokio::test]
async fn homes_are_in_the_order_of_references() {
    let app = TestApp::start(Db::Postgres).await;
    let sql = "SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint \
               WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
    let rows = app.store.write().query_all_raw(statement).await.unwrap();
    let place = |name: &str| HOMES.iter().position(|(table, _)| *table == name).unwrap();
    assert!(rows.len() > 20);
    for row in rows {
        let [table, target] = [0, 1].map(|index| row.try_get_by_index::<String>(index).unwrap());
        assert!(place(&target) < place(&table), "{table} references {target}");
    }
}

#[tokio::test]
async fn a_table_that_is_not_placed_is_named() {
    let app = TestApp::start(Db::Postgres).await;
    assert_eq!(placement::faults(&app.store).await.unwrap(), Vec::<String>::new());
    // The catalog of Citus, in which one table is missing.
    let execute = async |sql: &str| app.store.write().execute_unprepared(sql).await.unwrap();
    execute("CREATE TABLE pg_dist_partition (logicalrelid regclass, partmethod \"char\")").await;
    assert_eq!(placement::faults(&app.store).await.unwrap(), Vec::<String>::new());
    for (table, home) in HOMES {
        let method = match home {
            migration::Home::Here => continue,
            migration::Home::Everywhere => 'n',
            migration::Home::Project => 'h',
        };
        execute(&format!("INSERT INTO pg_dist_partition VALUES ('{table}'::regclass, '{method}')")).await;
    }
    assert_eq!(placement::faults(&app.store).await.unwrap(), Vec::<String>::new());
    execute("DELETE FROM pg_dist_partition WHERE logicalrelid = 'documents'::regclass").await;
    let expected = "the table `documents` is not placed on the nodes: run `verigraph placement --for citus` and its \
                    statements";
    assert_eq!(placement::faults(&app.store).await.unwrap(), [expected]);
}
