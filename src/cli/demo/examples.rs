//! The demo's welcome text, and commands to paste.

use std::{fs, net::SocketAddr, path::Path};

use serde_json::{Value, json};

use super::{SEED_QUERY, data, facts_file, sessions};
use crate::config::Config;

/// The welcome text of the demo: nine lines with what a newcomer needs first.
pub fn welcome(address: SocketAddr, facts: &Path) -> String {
    let url = format!("http://{address}");
    [
        "verigraph demo".to_owned(),
        format!("  Dashboard {url}/dashboard/ (sign in by one click)"),
        format!("  Explorer  {url}/explorer/"),
        format!("  GraphQL   {url}/graphql (REST: {url}/openapi.json)"),
        format!("  Sign in   {}", sign_in(&url)),
        format!(
            "  Query     curl -s {url}/graphql -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \
             -d '{{\"query\":\"{{ users {{ totalCount }} }}\"}}'"
        ),
        format!("  Scripts   {} has a token, and the ids of the examples", facts.display()),
        "  Read on   `verigraph demo --examples`, README.md, docs/sandbox.md".to_owned(),
        "Ctrl-C stops it and keeps the data; --reset starts over.".to_owned(),
    ]
    .join("\n")
}

/// A command that stores a token in the shell variable `TOKEN`.
fn sign_in(url: &str) -> String {
    format!(
        "TOKEN=$(curl -s {url}/oauth2/token -u {}:{} -d grant_type=client_credentials | \
         sed -E 's/.*\"access_token\":\"([^\"]+)\".*/\\1/')",
        data::CLIENT_ID,
        data::CLIENT_SECRET
    )
}

/// The address of the demo last started with these settings, or the address it would use.
pub fn url(config: &Config) -> String {
    let facts = fs::read(facts_file(&config.data_dir)).ok();
    let facts: Option<Value> = facts.and_then(|facts| serde_json::from_slice(&facts).ok());
    let known = facts.and_then(|facts| Some(facts["url"].as_str()?.to_owned()));
    known.unwrap_or_else(|| format!("http://{}", config.listen))
}

/// One command for each API, to paste into a shell in order.
pub fn all(url: &str) -> String {
    let query = SEED_QUERY.split_whitespace().collect::<Vec<_>>().join(" ");
    // In single quotes a shell does not expand `$YOUR_USER_ID`.
    let body = json!({ "query": query }).to_string();
    let (sign_in, user, key) = (sign_in(url), sessions::REF_ID, data::API_KEY);
    format!(
        "# A backend's access token, valid for one hour. Requires a running demo: `verigraph demo`.\n{sign_in}\n\n\
         # The documented query.\ncurl -s {url}/graphql -H \"Authorization: Bearer $TOKEN\" \\\n  \
         -H 'Content-Type: application/json' -d '{body}'\n\n\
         # The documented history of client 222.\ncurl -sg '{url}/api/v2/verifications?limit=10&offset=0\
         &sort_order=desc&sort_by=createTime&filter[clientId]=222' \\\n  -H \"Authorization: Bearer $TOKEN\"\n\n\
         # Proofing requests, over the REST API of ID proofing.\n\
         curl -s {url}/api/web/v1/idproofing -H \"Authorization: Bearer $TOKEN\" -d '{{\"limit\":5}}'\n\n\
         # The documented verification result, with a token for its integration.\n\
         curl -s {url}/v1/verification/details/55a951eb-265c-4706-9ebf-99ae35c745ab \\\n  \
         -H \"x-auth-token: $(curl -s {url}/v1/integration/authorize/server \\\n  \
         -H 'x-api-key: 4115e33314e12c0effe540c74bac55937b65a448' -H 'Content-Type: application/json' \\\n  \
         -d '{{\"integrationId\":\"621cda6e-c7de-4ebd-9219-a137a84a5211\",\"secret\":\"supersecret\"}}' | cut -d'\"' -f4)\"\n\n\
         # The documented verification of a user; its documents, with images, are at `/documents` below it.\n\
         curl -s {url}/v2/users/{user} -H 'x-api-key: {key}'"
    )
}
