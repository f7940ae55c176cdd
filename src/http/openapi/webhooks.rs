//! What the server sends to the endpoints of webhooks.

use serde_json::{Map, Value, json};

/// The kinds of bodies: the name of each, of its schema, and what it is sent for.
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

/// Every delivery, as `OpenAPI` 3.1 describes webhooks.
pub(super) fn described() -> Value {
    let described = KINDS.map(|(name, schema, description)| {
        let delivery = json!({
            "post": {
                "tags": ["Webhooks"],
                "summary": description,
                "description": "Signed as Standard Webhooks says. Sent again, under the same `webhook-id`, until it is \
                                answered with a status of 200 to 299.",
                "operationId": format!("{name}Webhook"),
                "parameters": [
                    header("webhook-id", "The id of the event, the same each time that it is sent", "string"),
                    header("webhook-timestamp", "When it is sent, in seconds since 1970", "integer"),
                    header("webhook-signature", "`v1,` and the signature in base64, of each secret, separated by spaces", "string"),
                ],
                "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
                },
                "responses": {
                    "2XX": { "description": "It arrived" },
                    "410": { "description": "Nothing is to be sent here any more" },
                    "default": { "description": "It did not arrive: it is sent again" },
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
