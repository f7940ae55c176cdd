//! The requests that the server sends to webhook endpoints.

use serde_json::{Map, Value, json};

/// The kinds of bodies: name, schema name, and description.
const KINDS: [(&str, &str, &str); 3] = [
    ("event", "WebhookEvent", "An event, to subscriptions with the kind of body `EVENT`."),
    (
        "session",
        "WebhookSession",
        "An event of a verification session, to subscriptions with the kind of body `SESSION`.",
    ),
    (
        "result",
        "WebhookResult",
        "An event of a verification result, to subscriptions with the kind of body `RESULT`.",
    ),
];

/// Every delivery, as an `OpenAPI` 3.1 webhook.
pub(super) fn described() -> Value {
    let described = KINDS.map(|(name, schema, description)| {
        let delivery = json!({
            "post": {
                "tags": ["Webhooks"],
                "summary": description,
                "description": "Signed according to Standard Webhooks. Retried with the same `webhook-id` until it is \
                                answered with a status of 200 to 299.",
                "operationId": format!("{name}Webhook"),
                "parameters": [
                    header("webhook-id", "The id of the event, the same for every attempt", "string"),
                    header("webhook-timestamp", "Time of the attempt, in seconds since 1970", "integer"),
                    header("webhook-signature", "`v1,` and the signature in base64, of each secret, separated by spaces", "string"),
                ],
                "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
                },
                "responses": {
                    "2XX": { "description": "Delivered" },
                    "410": { "description": "The endpoint is gone: nothing more is sent to it" },
                    "default": { "description": "Not delivered: it is retried" },
                },
            },
        });
        (name.to_owned(), delivery)
    });
    Value::Object(Map::from_iter(described))
}

fn header(name: &str, description: &str, kind: &str) -> Value {
    json!({ "name": name, "in": "header", "required": true, "description": description, "schema": { "type": kind } })
}
