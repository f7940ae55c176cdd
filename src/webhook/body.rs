//! What a delivery says. Nothing in it is personal: whoever wants to know more asks with its own token.

use entity::{Timestamp, event, webhook_subscription::BodyKind};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{event::Kind, graphql::DateTime};

/// The body of an event. The same event has the same body whenever it is sent.
#[must_use]
pub fn body(kind: BodyKind, event: &event::Model) -> Value {
    let told =
        |name: &str| event.detail.as_ref().and_then(|detail| detail.get(name)).cloned().unwrap_or_default();
    match kind {
        BodyKind::Event => {
            let mut body = thin(&event.kind, event.id, event.created_at, event.project_id, event.resource_id);
            // Left out where objects have none: receivers know the body without it.
            if let Some(version) = event.version {
                body["version"] = version.into();
            }
            body
        }
        // `userId` is what the caller calls the user, as receivers of this body know it.
        BodyKind::Session => {
            json!({ "status": told("status"), "refId": told("refId"), "userId": told("refId") })
        }
        BodyKind::Result => json!({
            "type": result_type(&event.kind),
            "verificationId": told("verificationId"),
            "traceId": told("traceId"),
            "correlationId": told("correlationId"),
            "timestamp": event.created_at.0,
        }),
    }
}

/// The body of a probe.
#[must_use]
pub fn probe(id: Uuid, at: Timestamp, project: Uuid, subscription: Uuid) -> Value {
    thin(Kind::WebhookProbe.name(), id, at, project, subscription)
}

fn thin(kind: &str, id: Uuid, at: Timestamp, project: Uuid, resource: Uuid) -> Value {
    json!({
        "eventType": kind,
        "eventId": id,
        "eventDate": DateTime(at).text(),
        "projectId": project,
        "resourceId": resource,
    })
}

/// What receivers of results call an event.
fn result_type(kind: &str) -> String {
    let what = kind.rsplit('.').next().unwrap_or_default();
    format!("verification.{}", what.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: Kind, detail: Option<Value>) -> event::Model {
        event::Model {
            id: Uuid::from_u128(1),
            sequence: 1,
            project_id: Uuid::from_u128(2),
            kind: kind.name().to_owned(),
            resource_id: Uuid::from_u128(3),
            user_id: Some(Uuid::from_u128(4)),
            detail,
            created_at: Timestamp(1_701_249_325_978),
            version: None,
        }
    }

    #[test]
    fn a_thin_body_names_the_event_and_the_object_only() {
        let event = event(Kind::IdentificationUpdated, Some(json!({ "status": "successful" })));
        let expected = json!({
            "eventType": "Identification.Updated",
            "eventId": "00000000-0000-0000-0000-000000000001",
            "eventDate": "2023-11-29T09:15:25.978Z",
            "projectId": "00000000-0000-0000-0000-000000000002",
            "resourceId": "00000000-0000-0000-0000-000000000003",
        });
        assert_eq!(body(BodyKind::Event, &event), expected);
        let third = event::Model { version: Some(3), ..event };
        assert_eq!(body(BodyKind::Event, &third)["version"], 3);
    }

    #[test]
    fn the_body_of_a_session_is_what_its_receivers_expect() {
        let detail = json!({ "status": "successful", "refId": "client-7", "sessionId": "left out" });
        let event = event(Kind::VerificationSessionCompleted, Some(detail));
        let expected = r#"{"status":"successful","refId":"client-7","userId":"client-7"}"#;
        assert_eq!(body(BodyKind::Session, &event).to_string(), expected);
    }

    #[test]
    fn the_body_of_a_result_has_its_type_in_the_words_of_its_receivers() {
        let detail = json!({ "verificationId": "v", "traceId": "t", "correlationId": null });
        for (kind, name) in [
            (Kind::VerificationResultStarted, "verification.started"),
            (Kind::VerificationResultSucceeded, "verification.succeeded"),
            (Kind::VerificationResultFailed, "verification.failed"),
        ] {
            let expected = json!({
                "type": name,
                "verificationId": "v",
                "traceId": "t",
                "correlationId": null,
                "timestamp": 1_701_249_325_978_i64,
            });
            assert_eq!(body(BodyKind::Result, &event(kind, Some(detail.clone()))), expected);
        }
    }
}
