//! Delivery bodies. They contain no personal data: a receiver reads details with its own token.

use entity::{Timestamp, event, webhook_subscription::BodyKind};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{auth::Permission, event::Kind};

/// The body of a delivery of the kind `EVENT`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookEvent)]
pub struct EventBody {
    /// The name of the event.
    #[schema(example = "Identification.Updated")]
    event_type: String,
    /// The id of the event, the same for each delivery attempt.
    #[schema(value_type = String, format = "uuid")]
    event_id: Uuid,
    /// Time of the event.
    #[schema(value_type = String, format = "date-time", example = "2023-11-29T09:15:25.978Z")]
    event_date: String,
    /// The id of the project.
    #[schema(value_type = String, format = "uuid")]
    project_id: Uuid,
    /// The id of the changed object.
    #[schema(value_type = String, format = "uuid")]
    resource_id: Uuid,
    /// The version of the object after the event. A version lower than a known one is outdated. Absent if the
    /// object has no versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    version: Option<i32>,
}

/// The body of a delivery of the kind `SESSION`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookSession)]
pub struct SessionBody {
    /// The status of the session.
    #[schema(example = "successful")]
    status: Option<String>,
    /// The client's id of the user.
    ref_id: Option<String>,
    /// The same as `refId`, under the name that existing receivers use.
    user_id: Option<String>,
}

/// The body of a delivery of the kind `RESULT`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookResult)]
pub struct ResultBody {
    /// `verification.started`, `verification.succeeded` or `verification.failed`.
    #[serde(rename = "type")]
    kind: String,
    /// The id of the verification.
    verification_id: Option<String>,
    /// Trace id of the verification in the logs of both sides.
    trace_id: Option<String>,
    /// The correlation id that the client set on the verification.
    correlation_id: Option<String>,
    /// Time of the event, in milliseconds since the Unix epoch.
    #[schema(example = 1_701_249_325_978_i64)]
    timestamp: i64,
}

/// Returns the body of an event. Every delivery of the same event has the same body.
#[must_use]
pub fn body(kind: BodyKind, event: &event::Model) -> Value {
    let detail = |name: &str| {
        let found = event.detail.as_ref().and_then(|detail| detail.get(name));
        found.and_then(Value::as_str).map(str::to_owned)
    };
    match kind {
        BodyKind::Event => {
            let about = (event.project_id, event.resource_id);
            json!(EventBody {
                version: event.version,
                ..thin(&event.kind, event.id, event.created_at, about)
            })
        }
        BodyKind::Session => {
            json!(SessionBody { status: detail("status"), ref_id: detail("refId"), user_id: detail("refId") })
        }
        BodyKind::Result => json!(ResultBody {
            kind: result_type(&event.kind),
            verification_id: detail("verificationId"),
            trace_id: detail("traceId"),
            correlation_id: detail("correlationId"),
            timestamp: event.created_at.0,
        }),
    }
}

/// Returns the permission that the values of a body need where callers read them.
#[must_use]
pub const fn permission(kind: BodyKind) -> Permission {
    match kind {
        BodyKind::Event => Permission::WebhooksView,
        BodyKind::Session => Permission::SessionsView,
        BodyKind::Result => Permission::ResultsView,
    }
}

/// Returns the body of a probe.
#[must_use]
pub fn probe(id: Uuid, at: Timestamp, project: Uuid, subscription: Uuid) -> Value {
    json!(thin(Kind::WebhookProbe.name(), id, at, (project, subscription)))
}

fn thin(kind: &str, id: Uuid, at: Timestamp, (project, resource): (Uuid, Uuid)) -> EventBody {
    EventBody {
        event_type: kind.to_owned(),
        event_id: id,
        event_date: at.to_rfc3339(),
        project_id: project,
        resource_id: resource,
        version: None,
    }
}

/// Returns the event type in the body `RESULT`.
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
    fn the_body_of_a_result_has_the_event_type_that_its_receivers_expect() {
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
