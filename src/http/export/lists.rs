//! The lists that can be exported, and what a row of each contains.

use crate::{
    Result,
    auth::{Caller, policy::Policy},
};

/// A list of the graph.
pub struct List {
    /// The field of `Query`.
    pub name: &'static str,
    filters: &'static str,
    order_by: Option<&'static str>,
    node: &'static str,
    fields: &'static [Field],
}

/// A field of a row: name, what is selected in it, and its columns with the place of their values in the row.
pub type Field = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Selects the status of a level, whatever it is.
macro_rules! level {
    () => {
        "... on NotSupportedIdentificationLevelStatusInfo { status } \
         ... on NotStartedIdentificationLevelStatusInfo { status } \
         ... on StartedIdentificationLevelStatusInfo { status } \
         ... on PendingIdentificationLevelStatusInfo { status } \
         ... on ValidIdentificationLevelStatusInfo { status validUntil } \
         ... on InvalidIdentificationLevelStatusInfo { status reasons } \
         ... on CanceledIdentificationLevelStatusInfo { status } \
         ... on ExpiredIdentificationLevelStatusInfo { status expiredAt }"
    };
}

/// The user of a row.
const USER: Field = (
    "user",
    "{ id number refId }",
    &[("user.id", "/user/id"), ("user.number", "/user/number"), ("user.refId", "/user/refId")],
);
const ACTOR: Field =
    ("actor", "{ number label }", &[("actor.number", "/actor/number"), ("actor.label", "/actor/label")]);

/// A field that is a column.
macro_rules! columns {
    ($($name:literal),*) => {
        [$({
            const FIELD: Field = ($name, "", &[($name, concat!("/", $name))]);
            FIELD
        }),*]
    };
}

pub const USERS: List = List {
    name: "users",
    filters: "UserFiltersInput",
    order_by: Some("UsersOrderByInput"),
    node: "User",
    fields: &{
        let [id, number, ref_id, status, tags, created, updated, joined] =
            columns!("id", "number", "refId", "status", "tags", "createdAt", "updatedAt", "joinedAt");
        let [first, all, last, birth, preferred, day, city, country, nationality, phone, emails] = columns!(
            "firstName",
            "allFirstNames",
            "lastName",
            "birthLastName",
            "preferredLastName",
            "birthDate",
            "birthCity",
            "birthCountry",
            "nationalityCCA3",
            "mobilePhoneNumber",
            "verifiedEmails"
        );
        let levels: Field = (
            "identificationLevels",
            "{ expert QES PVID }",
            &[
                ("levels.expert", "/identificationLevels/expert"),
                ("levels.QES", "/identificationLevels/QES"),
                ("levels.PVID", "/identificationLevels/PVID"),
            ],
        );
        let verification: Field = (
            "currentVerificationLevel",
            "{ name index }",
            &[("verificationLevel", "/currentVerificationLevel/name")],
        );
        [
            id,
            number,
            ref_id,
            status,
            tags,
            first,
            all,
            last,
            birth,
            preferred,
            day,
            city,
            country,
            nationality,
            phone,
            emails,
            levels,
            verification,
            created,
            updated,
            joined,
        ]
    },
};

pub const IDENTIFICATIONS: List = List {
    name: "identifications",
    filters: "IdentificationFiltersInput",
    order_by: Some("IdentificationsOrderByInput"),
    node: "Identification",
    fields: &{
        let [id, process, status, document, created, updated, provider] =
            columns!("id", "process", "status", "identityDocumentType", "createdAt", "updatedAt", "provider");
        let levels: Field = (
            "levels",
            concat!("{ expert { ", level!(), " } qes { ", level!(), " } pvid { ", level!(), " } }"),
            &[
                ("expert", "/levels/expert/status"),
                ("expert.reasons", "/levels/expert/reasons"),
                ("qes", "/levels/qes/status"),
                ("qes.reasons", "/levels/qes/reasons"),
                ("pvid", "/levels/pvid/status"),
                ("pvid.reasons", "/levels/pvid/reasons"),
            ],
        );
        [id, USER, process, status, levels, document, provider, created, updated]
    },
};

pub const PROOFING_REQUESTS: List = List {
    name: "proofingRequests",
    filters: "ProofingRequestFiltersInput",
    order_by: Some("ProofingRequestsOrderByInput"),
    node: "ProofingRequest",
    fields: &{
        let [id, time, state, device, document, face, score] = columns!(
            "id",
            "requestTime",
            "state",
            "deviceCheckResult",
            "documentAuthenticationResult",
            "faceMatch",
            "faceMatchScore"
        );
        [id, time, state, device, document, face, score, USER]
    },
};

pub const VERIFICATIONS: List = List {
    name: "verifications",
    filters: "VerificationFiltersInput",
    order_by: Some("VerificationsOrderByInput"),
    node: "Verification",
    fields: &{
        let [id, number, reason, created] = columns!("id", "number", "reason", "createdAt");
        let previous: Field = ("previousLevel", "{ name }", &[("previousLevel", "/previousLevel/name")]);
        let current: Field = ("currentLevel", "{ name }", &[("currentLevel", "/currentLevel/name")]);
        [id, number, USER, previous, current, reason, ACTOR, created]
    },
};

pub const VERIFICATION_SESSIONS: List = List {
    name: "verificationSessions",
    filters: "VerificationSessionFiltersInput",
    order_by: Some("VerificationSessionsOrderByInput"),
    node: "VerificationSession",
    fields: &{
        let [id, ref_id, status, flow, steps, created, updated] =
            columns!("id", "refId", "status", "flowId", "steps", "createdAt", "updatedAt");
        [id, ref_id, status, flow, steps, USER, created, updated]
    },
};

/// Without the data that results release: it is for the relying party.
pub const VERIFICATION_RESULTS: List = List {
    name: "verificationResults",
    filters: "VerificationResultFiltersInput",
    order_by: Some("VerificationResultsOrderByInput"),
    node: "VerificationResult",
    fields: &{
        let [id, trace, correlation, status, scopes, verified, created, updated] = columns!(
            "id",
            "traceId",
            "correlationId",
            "status",
            "scopes",
            "verifiedAt",
            "createdAt",
            "updatedAt"
        );
        [id, trace, correlation, status, scopes, verified, USER, created, updated]
    },
};

pub const AUDIT_EVENTS: List = List {
    name: "auditEvents",
    filters: "AuditEventFiltersInput",
    order_by: None,
    node: "AuditEvent",
    fields: &{
        let [id, action, resource, user, request, created] =
            columns!("id", "action", "resourceId", "userId", "requestId", "createdAt");
        [id, created, action, resource, user, ACTOR, request]
    },
};

pub const WEBHOOK_EVENT_LOGS: List = List {
    name: "webhookEventLogs",
    filters: "WebhookEventLogFiltersInput",
    order_by: None,
    node: "WebhookEventLog",
    fields: &{
        let [id, event_type, event, resource, status, attempts, last, code, error, created] = columns!(
            "id",
            "eventType",
            "eventId",
            "resourceId",
            "status",
            "attempts",
            "lastAttemptAt",
            "lastStatusCode",
            "lastError",
            "createdAt"
        );
        [id, event_type, event, resource, status, attempts, last, code, error, created]
    },
};

impl List {
    /// Whether the order of the list can be chosen.
    pub const fn has_order(&self) -> bool {
        self.order_by.is_some()
    }

    /// The fields that a caller may read.
    ///
    /// # Errors
    ///
    /// When a field has no rule.
    pub fn readable(&self, policy: &Policy, caller: &Caller) -> Result<Vec<Field>> {
        let mut fields = Vec::new();
        for field in self.fields {
            match policy.check(caller, self.node, field.0) {
                Ok(()) => fields.push(*field),
                Err(crate::Error::Forbidden(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(fields)
    }

    /// The document that reads a page of these fields.
    pub fn page(&self, fields: &[Field]) -> String {
        let Self { name, filters, .. } = self;
        let (of_order, order) = match self.order_by {
            Some(input) => (format!(", $orderBy: {input}"), ", orderBy: $orderBy"),
            None => (String::new(), ""),
        };
        let fields: Vec<String> =
            fields.iter().map(|(name, selected, _)| format!("{name} {selected}")).collect();
        let fields = fields.join(" ");
        format!(
            "query Export($first: Int, $after: String, $filters: {filters}{of_order}) {{ \
             rows: {name}(first: $first, after: $after, filters: $filters{order}) {{ \
             edges {{ node {{ {fields} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    }

    /// The document that counts the rows.
    pub fn total(&self) -> String {
        let Self { name, filters, .. } = self;
        format!(
            "query ExportTotal($filters: {filters}) {{ rows: {name}(first: 0, filters: $filters) {{ totalCount }} }}"
        )
    }
}
