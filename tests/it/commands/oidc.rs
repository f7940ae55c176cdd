//! `verigraph oidc`, with providers that are not asked or do not answer. `members/oidc.rs` signs in with one.

use rstest::rstest;

use super::{Place, text};
use crate::harness::Db;

#[rstest]
#[tokio::test]
async fn a_provider_that_could_sign_anybody_in_or_does_not_answer_is_not_added(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = place.database_url(db).await;
    let url = url.as_str();
    place.run_ok(&["--database-url", url, "migrate"]);
    let add = |issuer: &str| {
        let arguments =
            ["--database-url", url, "oidc", "add", "Acme", "--issuer", issuer, "--client-id", "a"];
        let output = place.run(&arguments);
        assert!(!output.status.success(), "{issuer}");
        text(&output.stderr)
    };
    for (issuer, reason) in [
        ("https://login.microsoftonline.com/common/v2.0", "TENANT-ID"),
        ("http://id.example.org", "`issuer` must be an https address"),
        ("https://127.0.0.1:1", "nothing was added: the provider's discovery document cannot be read"),
    ] {
        let said = add(issuer);
        assert!(said.contains(reason), "{issuer}: {said}");
    }
    assert_eq!(place.run_ok(&["--database-url", url, "oidc", "list"]), "");
    let unknown = place.run(&["--database-url", url, "oidc", "test", "Acme"]);
    assert_eq!(text(&unknown.stderr), "verigraph: no provider `Acme`: see `verigraph oidc list`\n");
}
