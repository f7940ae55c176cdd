//! Random documents.

use crate::harness::Random;

const LEVEL_FORMS: &[&str] = &[
    "__typename",
    "... on ValidIdentificationLevelStatusInfo { status validUntil }",
    "... on InvalidIdentificationLevelStatusInfo { __typename reasons status }",
    "... on ExpiredIdentificationLevelStatusInfo { expiredAt }",
    "... on IdentificationLevelStatusInfo { kind: __typename }",
    "... on NotSupportedIdentificationLevelStatusInfo { none: status }",
    "... on PendingIdentificationLevelStatusInfo { pending: status }",
    "...OfInvalid",
];

/// Fields that are sealed in the row.
const PERSONAL: &[&str] = &[
    "fullName",
    "allFirstNames birthLastName",
    "preferredLastName",
    "born: birthDate",
    "birthCity birthCountry",
    "nationalityCCA3",
    "mobilePhoneNumber",
    "verifiedEmails",
    "masked { fullName birthYear }",
];

const FRAGMENTS: &str = "fragment OfInvalid on InvalidIdentificationLevelStatusInfo { why: reasons }
    fragment OfUser on User { ofUser: id number }";

/// Arguments of lists.
const PAGES: &[&str] = &["", "(first: 2)", "(last: 1)", "(first: 0)"];
const IDENTIFICATIONS: &[&str] = &[
    "",
    "(first: 3)",
    "(first: 0)",
    "(last: 2, orderBy: { field: createdAt, direction: Asc })",
    "(filters: { statuses: [Valid, Invalid], processes: [Expert] }, first: 2)",
];
const VERIFICATIONS: &[&str] = &["(first: 2)", "(last: 1, orderBy: { direction: Asc })", ""];
const REQUESTS: &[&str] = &["(last: 2)", "(filters: { state: COMPLETE })", "(orderBy: { direction: Asc })"];

/// Selections of a document, at random.
pub struct Documents(Random);

impl Documents {
    pub fn seeded() -> Self {
        Self(Random::seeded())
    }

    fn some(&mut self, forms: &[&str]) -> String {
        let chosen = self.0.some_of(forms);
        if chosen.is_empty() { forms[0].to_owned() } else { chosen.join(" ") }
    }

    fn list(&mut self, field: &str, node: &str) -> String {
        let edges = self.some(&["cursor", "__typename", "again: cursor"]);
        let more = self.some(&[
            "pageInfo { hasNextPage endCursor }",
            "totalCount",
            "pageInfo { hasPreviousPage startCursor }",
            "__typename",
        ]);
        format!("{field} {{ edges {{ {edges} node {{ {node} }} }} {more} }}")
    }

    /// A list with one of these forms of its arguments.
    fn list_with(&mut self, field: &str, arguments: &[&str], node: &str) -> String {
        let arguments = *self.0.one_of(arguments);
        self.list(&format!("{field}{arguments}"), node)
    }

    fn level(&mut self) -> String {
        self.some(LEVEL_FORMS)
    }

    fn identification(&mut self) -> String {
        let [expert, qes, pvid] = [self.level(), self.level(), self.level()];
        let levels =
            format!("levels {{ expert {{ {expert} }} qes {{ {qes} }} other: pvid {{ {pvid} }} __typename }}");
        self.some(&[
            "id",
            "createdAt",
            "at: updatedAt",
            "version",
            "status",
            "process",
            "identityDocumentType",
            &levels,
            "user { id refId }",
            "... on Identification { inner: id }",
            "__typename",
        ])
    }

    fn verification(&mut self) -> String {
        self.some(&[
            "id",
            "number",
            "reason",
            "createdAt",
            "currentLevel { id name index }",
            "previousLevel { name again: name number createdAt __typename }",
            "actor { label }",
            "__typename",
        ])
    }

    fn proofing(&mut self) -> String {
        self.some(&[
            "id",
            "version",
            "requestTime",
            "state",
            "deviceCheckResult",
            "documentAuthenticationResult",
            "faceMatch",
            "faceMatchScore",
            "frontImageClassified",
            "frontImageUploadTime",
            "backImageClassified",
            "back: backImageUploadTime",
            "user { id }",
        ])
    }

    fn user(&mut self) -> String {
        let nodes = [self.identification(), self.identification(), self.verification(), self.proofing()];
        let identifications = self.list_with("identifications", IDENTIFICATIONS, &nodes[0]);
        let again = self.list_with("again: identifications", IDENTIFICATIONS, &nodes[1]);
        let verifications = self.list_with("verifications", VERIFICATIONS, &nodes[2]);
        let requests = self.list_with("proofingRequests", REQUESTS, &nodes[3]);
        let sessions = self.list_with("verificationSessions", PAGES, "id status");
        let results = self.list_with("verificationResults", PAGES, "id createdAt");
        let events = self.list_with("events", PAGES, "eventType eventDate");
        let personal = self.some(PERSONAL);
        self.some(&[
            "id",
            "refId",
            "number",
            "version",
            "legalHoldReason",
            "status",
            "createdAt",
            "updatedAt",
            "joinedAt",
            "firstName lastName",
            &personal,
            "tags",
            "...OfUser",
            "...OfUser @skip(if: true)",
            "numberOrNone: number @include(if: false)",
            "... @include(if: true) { stateOfUser: status }",
            &identifications,
            &verifications,
            &requests,
            &again,
            &sessions,
            &results,
            &events,
        ])
    }

    pub fn document(&mut self) -> String {
        let (user, identification) = (self.user(), self.identification());
        let (verification, proofing) = (self.verification(), self.proofing());
        let lists = [
            self.list("users(first: 4)", &user),
            self.list("identifications(last: 20)", &identification),
            self.list("verifications(first: 20)", &verification),
            self.list("proofingRequests(first: 20)", &proofing),
            format!("user(id: \"a\\\"b\") {{ {user} }}"),
        ];
        let list = self.0.one_of(&lists);
        format!(
            "{{ {list} used: users(first: 1) {{ edges {{ node {{ ...OfUser identifications(first: 1) {{ edges {{ \
             node {{ levels {{ expert {{ ...OfInvalid }} }} }} }} }} }} }} }} ⟦⟧ }} {FRAGMENTS}"
        )
    }
}
