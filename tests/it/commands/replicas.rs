//! What `doctor` and start-up say about replicas and poolers.

use super::{Place, servers::Server, text};
use crate::harness::{Cluster, database};

/// The lines of `doctor` with these settings, and whether it found no fault.
fn doctor(place: &Place, url: &str, settings: &[String]) -> (Vec<String>, bool) {
    let mut command = place.command(&["doctor", "--database-url", url]);
    for setting in settings {
        command.args(["--set", setting]);
    }
    let output = command.output().unwrap();
    (text(&output.stdout).lines().map(str::to_owned).collect(), output.status.success())
}

fn has(said: &[String], line: &str) {
    assert!(said.iter().any(|found| found == line), "no `{line}` in\n{}", said.join("\n"));
}

/// What a server logs until it serves.
fn log(place: &Place, url: &str, settings: &[String]) -> Vec<String> {
    let mut arguments = vec!["serve", "--database-url", url];
    for setting in settings {
        arguments.extend(["--set", setting]);
    }
    let mut server = Server::start(place, &arguments);
    let lines = server.until_serving();
    server.end("-TERM");
    lines.iter().map(|line| format!("{} {}", line["message"], line["error"])).collect()
}

#[tokio::test]
async fn a_replica_url_that_is_a_primary_is_named_and_reads_go_to_the_database() {
    let (place, url) = (Place::new(), database().await);
    place.run_ok(&["migrate", "--database-url", &url]);
    let settings = [format!("read_database_url={url}")];
    let sentence = format!(
        "the server at `{url}` is a primary and not a replica: set read_database_url to a streaming replica of the database, \
         or remove the setting"
    );
    let (said, is_well) = doctor(&place, &url, &settings);
    has(&said, &format!("fault: {sentence}"));
    assert!(!is_well);
    let log = log(&place, &url, &settings);
    assert!(log.iter().any(|line| line.contains(&sentence)), "{log:#?}");
}

#[tokio::test]
async fn a_server_does_not_start_with_a_replica_of_another_database() {
    let (place, url) = (Place::new(), database().await);
    let other = Cluster::start();
    let foreign = other.database("other").await;
    place.run_ok(&["migrate", "--database-url", &url]);
    let replica = other.replica();
    for reads in [replica.url("other"), replica.url("postgres")] {
        let sentence = format!(
            "the server at `{reads}` has another database than database_url: set read_database_url to a streaming replica of \
             it, or remove the setting"
        );
        let base = if reads == replica.url("other") { &url } else { &foreign };
        let settings = [format!("read_database_url={reads}")];
        let (said, is_well) = doctor(&place, base, &settings);
        has(&said, &format!("fault: {sentence}"));
        assert!(!is_well);
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--database-url", base, "--set", &settings[0]];
        let place = Place::new();
        let output = place.run(&arguments);
        assert!(text(&output.stderr).contains(&format!("verigraph: {sentence}")), "{}", text(&output.stderr));
        assert_eq!(output.status.code(), Some(1));
    }
    let settings = [format!("read_database_url={}", replica.url("other"))];
    let (said, _) = doctor(&place, &foreign, &settings);
    has(&said, "ok: the replica responds, and it is a replica of the database");
}

#[test]
fn the_embedded_database_has_neither_replica_nor_notifications() {
    let place = Place::new();
    place.run_ok(&["migrate"]);
    for key in ["read_database_url", "hints_database_url"] {
        let output = place.run(&["doctor", "--set", &format!("{key}=postgres://db/x")]);
        let line = format!(
            "fault: {key} needs a PostgreSQL database: set database_url to it, or remove the setting"
        );
        assert!(text(&output.stdout).lines().any(|found| found == line), "{}", text(&output.stdout));
        assert_eq!(output.status.code(), Some(1));
    }
    let refused = place.run(&["doctor", "--set", "read_database_url=sqlite://data/x.db"]);
    let line =
        "fault: the setting `read_database_url` is invalid: write postgres://USER:PASSWORD@HOST/DATABASE";
    assert!(text(&refused.stdout).lines().any(|found| found.starts_with(line)), "{}", text(&refused.stdout));
}

#[tokio::test]
async fn a_lost_statement_limit_and_lost_notifications_are_named_until_they_are_corrected() {
    let (place, cluster) = (Place::new(), Cluster::start());
    let url = cluster.database("pooled").await;
    // Without `options` at the start of a connection the limit is lost, whatever is between.
    let pooled = "database_pooler=true".to_owned();
    let limit = "the statement limit in force is none and not 3000ms (limits.statement_seconds), because a pooler does not \
                 pass it on: run `ALTER ROLE verigraph SET statement_timeout = '3000ms'` on the database and `RECONNECT` on \
                 the console of PgBouncer";
    let notifications = "notifications do not pass a pooler, so events of other server processes arrive by polling: set \
                         hints_database_url to a URL that leads to the database without the pooler";
    let (said, is_well) = doctor(&place, &url, std::slice::from_ref(&pooled));
    has(&said, &format!("warning: {limit}"));
    has(&said, &format!("warning: {notifications}"));
    assert!(is_well);
    let log = log(&place, &url, std::slice::from_ref(&pooled));
    for sentence in [limit, notifications] {
        assert!(log.iter().any(|line| line.contains(sentence)), "{log:#?}");
    }
    cluster.execute("ALTER ROLE verigraph SET statement_timeout = '3000ms'").await;
    let direct = format!("hints_database_url={url}");
    let (said, _) = doctor(&place, &url, &[pooled.clone(), direct]);
    has(&said, "ok: the statement limit of the settings is in force");
    assert!(!said.iter().any(|line| line.contains("notifications do not pass")), "{said:?}");
    // Notifications of another database would be those of other projects.
    let other = format!("hints_database_url={}", cluster.url("postgres"));
    let (said, is_well) = doctor(&place, &url, &[pooled, other]);
    assert!(said.iter().any(|line| line.contains("leads to another database than database_url")), "{said:?}");
    assert!(!is_well);
}
