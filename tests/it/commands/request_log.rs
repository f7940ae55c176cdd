//! The log line of each request.

use serde_json::{Value, json};

use super::{
    Place,
    servers::{send, serve},
    word_after,
};

#[tokio::test]
async fn the_log_line_of_a_request_names_operation_credential_and_project() {
    let place = Place::new();
    let project = word_after(&place.run_ok(&["project", "create", "Bank"]), "project ").to_owned();
    let (server, address, token) = serve(&place, "Bank").await;
    let graph = |id: &str, authorization: &str, query: &str| {
        let body = json!({ "query": query }).to_string();
        format!(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Request-Id: {id}\r\n\
             {authorization}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let bearer = format!("Authorization: Bearer {token}\r\n");
    let long = format!("query {} {{ viewer {{ permissions }} }}", "n".repeat(300));
    let rest = format!(
        "GET /api/v2/verifications HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: rest-1\r\n{bearer}\r\n"
    );
    for request in [
        graph("named-1", &bearer, "query Balances { viewer { permissions } }"),
        graph("plain-1", &bearer, "{ viewer { permissions } }"),
        graph("long-1", &bearer, &long),
        graph("denied-1", "", "query Balances { viewer { permissions } }"),
        rest,
    ] {
        send(address, request).await;
    }
    let (_, log) = server.end("-TERM");
    let credential = &log.iter().find(|line| line["request_id"] == "named-1").unwrap()["credential"];
    assert!(uuid::Uuid::try_parse(credential.as_str().unwrap()).is_ok(), "{credential}");
    let (own, nobody) = ([credential.clone(), json!(project)], [Value::Null, Value::Null]);
    for (id, operation, [of_credential, of_project], path, status) in [
        ("named-1", json!("Balances"), &own, "/graphql", 200),
        ("plain-1", Value::Null, &own, "/graphql", 200),
        ("long-1", json!("n".repeat(100)), &own, "/graphql", 200),
        ("denied-1", Value::Null, &nobody, "/graphql", 401),
        ("rest-1", Value::Null, &own, "/api/v2/verifications", 200),
    ] {
        // Every log line of the request has its id in the same field.
        let about: Vec<&Value> = log.iter().filter(|line| line.to_string().contains(id)).collect();
        assert!(about.iter().all(|line| line["request_id"] == id), "{about:?}");
        let lines: Vec<_> = about.into_iter().filter(|line| line["message"] == "answered").collect();
        let [line] = lines[..] else { panic!("{id}: {lines:?}") };
        assert_eq!(line["operation"], operation, "{line}");
        assert_eq!((&line["credential"], &line["project"]), (of_credential, of_project), "{line}");
        assert_eq!((&line["path"], &line["status"]), (&json!(path), &json!(status)), "{line}");
        assert!(line["micros"].is_u64(), "{line}");
    }
}
