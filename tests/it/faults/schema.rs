//! The database schema: newer than the server, older than it, and during migrations down and up.

use migration::{Migrator, MigratorTrait};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use verigraph::db::{dialect::Dialect, migrate};

use crate::harness::{Db, TestApp};

/// Everything that the migrations created, as the database describes it.
async fn schema(app: &TestApp) -> Vec<String> {
    let sql = match app.store.dialect() {
        Dialect::Sqlite => {
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master
             WHERE tbl_name <> 'seaql_migrations' ORDER BY 1"
        }
        Dialect::Postgres => {
            "SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable, column_default)
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'
             UNION ALL SELECT indexdef FROM pg_indexes
             WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'
             UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'seaql_migrations'
             ORDER BY 1"
        }
    };
    let rows =
        app.store.write().query_all_raw(Statement::from_string(app.store.dialect().backend(), sql)).await;
    rows.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[rstest]
#[tokio::test]
async fn migrations_are_reversible_one_by_one_and_together(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let whole = schema(&app).await;
    assert!(whole.len() > 10, "{whole:#?}");
    Migrator::down(&app.store.for_migrations(), Some(1)).await.unwrap();
    assert_ne!(schema(&app).await, whole);
    assert_eq!(migrate::up(&app.store).await.unwrap().len(), 1);
    assert_eq!(schema(&app).await, whole);
    Migrator::down(&app.store.for_migrations(), None).await.unwrap();
    assert_eq!(schema(&app).await, Vec::<String>::new());
    assert_eq!(migrate::up(&app.store).await.unwrap().len(), Migrator::migrations().len());
    assert_eq!(schema(&app).await, whole);
    assert_eq!(migrate::up(&app.store).await.unwrap(), Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn the_error_for_pending_migrations_names_the_command(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    migrate::check(&app.store).await.unwrap();
    Migrator::down(&app.store.for_migrations(), Some(2)).await.unwrap();
    let refused = migrate::check(&app.store).await.unwrap_err();
    assert_eq!(refused.to_string(), "the database lacks 2 changes of its schema: run `verigraph migrate`");
}

#[rstest]
#[tokio::test]
async fn a_database_of_a_newer_server_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let change = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_future', 0)";
    app.store.write().execute_unprepared(change).await.unwrap();
    let expected = "the database was made by a newer verigraph (it has the change `m29991231_000001_future`, which \
                        this build does not know): run that version, or restore a backup from before the upgrade";
    assert_eq!(migrate::check(&app.store).await.unwrap_err().to_string(), expected);
    assert_eq!(migrate::up(&app.store).await.unwrap_err().to_string(), expected);
}

#[rstest]
#[tokio::test]
async fn a_database_of_a_build_before_the_first_release_is_rejected(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let change = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20261122_000001_tenancy', 0)";
    app.store.write().execute_unprepared(change).await.unwrap();
    let expected = "the database was made by a build before the first release (it has the change \
                    `m20261122_000001_tenancy`): export its projects with that build, and import them into a new database";
    assert_eq!(migrate::check(&app.store).await.unwrap_err().to_string(), expected);
    assert_eq!(migrate::up(&app.store).await.unwrap_err().to_string(), expected);
}

#[rstest]
#[tokio::test]
async fn servers_that_start_concurrently_apply_each_migration_once(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    Migrator::down(&app.store.for_migrations(), None).await.unwrap();
    let starts = (0..3).map(|_| migrate::up(&app.store));
    let made: Vec<_> = futures_util::future::try_join_all(starts).await.unwrap().concat();
    let known: Vec<_> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
    assert_eq!(made, known);
}
