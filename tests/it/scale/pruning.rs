//! `tests/scale/plans.py`, which finds statements that read more than the node of one project.

use std::{
    fs,
    process::{Command, Output},
};

use sea_orm::{ConnectionTrait, Database};

use crate::harness::{Cluster, fast_directory, partition};

const ID: &str = "'018c7dbd-a27f-7000-8000-000000000001'";

/// The output of the script about the plans of these statements.
async fn checked(statements: &[String]) -> Output {
    let directory = tempfile::Builder::new().prefix("verigraph-plans").tempdir_in(fast_directory()).unwrap();
    let log = directory.path().join("log");
    fs::write(&log, "").unwrap();
    let mut open = fs::metadata(directory.path()).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut open, 0o777);
    fs::set_permissions(directory.path(), open.clone()).unwrap();
    fs::set_permissions(&log, open).unwrap();
    let cluster = Cluster::start_explaining(&log);
    let url = cluster.database("pruned").await;
    partition(&url).await;
    let db = Database::connect(format!("{url}?application_name=verigraph")).await.unwrap();
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
    cluster.stop();
    Command::new("python3").arg("tests/scale/plans.py").arg(&log).output().unwrap()
}

#[tokio::test]
async fn statements_that_name_the_project_pass() {
    let statements = [
        format!("SELECT * FROM users WHERE project_id = {ID} AND id = {ID}"),
        format!("UPDATE \"users\" SET \"status\" = 'x' WHERE \"id\" = {ID} AND \"project_id\" = {ID}"),
        format!(
            "SELECT 1 FROM users u JOIN identifications i ON i.user_id = u.id AND i.project_id = u.project_id \
             WHERE u.project_id = {ID}"
        ),
        "SELECT * FROM projects".to_owned(),
    ];
    let output = checked(&statements).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains(" 0 statements"), "{text}");
}

#[tokio::test]
async fn planted_statements_are_found() {
    let statements = [
        format!("SELECT id FROM users WHERE id = {ID}"),
        format!("SELECT 1 FROM users u JOIN user_tags t ON t.user_id = u.id WHERE u.project_id = {ID}"),
        format!("UPDATE \"users\" SET \"project_id\" = {ID} WHERE \"id\" = {ID} AND \"project_id\" = {ID}"),
    ];
    let output = checked(&statements).await;
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3].iter().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["reads 4 partitions of user_tags", "reads 4 partitions of users", "sets project_id"],
        "{text}"
    );
    assert_eq!(output.status.code(), Some(1));
}
