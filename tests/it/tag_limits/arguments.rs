//! Arguments of lists: every filter and every order.

use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{Person, TAGS};
use crate::harness::Random;

/// The arguments of a list: one kind of filter with random values, and an order.
pub struct ListArguments {
    pub list: &'static str,
    pub filter: String,
    pub order: String,
}

impl ListArguments {
    /// Every list with every kind of filter in every order.
    pub fn all(random: &mut Random, people: &[Person]) -> Vec<Self> {
        let levels: Vec<Uuid> =
            people.iter().flat_map(|person| person.grants.iter().map(|(_, level)| *level)).collect();
        let refs: Vec<_> = people.iter().map(|person| person.ref_id.clone()).collect();
        let mut all = Vec::new();
        for list in [
            "users",
            "identifications",
            "User.identifications",
            "verifications",
            "User.verifications",
            "proofingRequests",
            "User.proofingRequests",
            "verificationSessions",
            "User.verificationSessions",
            "verificationResults",
            "User.verificationResults",
        ] {
            let fields: &[&str] = match list {
                "users" => &["createdAt", "updatedAt", "number"],
                "verifications" | "User.verifications" => &["createdAt", "number"],
                "verificationResults" | "User.verificationResults" => &["createdAt"],
                "proofingRequests" | "User.proofingRequests" => &[
                    "requestTime",
                    "deviceCheckResult",
                    "state",
                    "documentAuthenticationResult",
                    "faceMatch",
                ],
                _ => &["createdAt", "updatedAt"],
            };
            for field in fields {
                for direction in ["Asc", "Desc"] {
                    for kind in 0..5 {
                        let filter = match (list, kind) {
                            (_, 0) => String::new(),
                            ("users", 1) => {
                                format!("statuses: [{}]", random.some_of(&["Active", "Erased"]).join(", "))
                            }
                            ("users", 2) => format!("tags: {}", json!(random.some_of(&TAGS))),
                            ("users", _) => format!("refIds: {}", json!(random.some_of(&refs))),
                            ("verifications" | "User.verifications", 1) => {
                                format!("levelIds: {}", json!([random.one_of(&levels)]))
                            }
                            ("verifications" | "User.verifications", 2) => {
                                format!("userId: \"{}\"", random.one_of(people).id)
                            }
                            ("verifications" | "User.verifications", 3) => {
                                format!("clientNumber: {}", random.one_of(people).number)
                            }
                            ("verifications" | "User.verifications", _) => {
                                "createdAt: { greaterThan: \"2023-11-14T22:13:20.001Z\", \
                                 lessThanOrEqual: \"2023-11-14T22:13:20.003Z\" }"
                                    .to_owned()
                            }
                            ("proofingRequests" | "User.proofingRequests", 1) => {
                                format!("state: {}", random.one_of(&["INIT", "IMAGE", "COMPLETE", "DEVICE"]))
                            }
                            ("proofingRequests" | "User.proofingRequests", 2) => {
                                format!("faceMatch: {}", random.below(2) == 0)
                            }
                            ("proofingRequests" | "User.proofingRequests", _) => {
                                "requestTime: { greaterThan: \"2023-11-14T22:13:20.001Z\" }".to_owned()
                            }
                            ("verificationSessions" | "User.verificationSessions", 1 | 2) => {
                                let statuses = random.some_of(&["InProgress", "Pending", "Suspected"]);
                                format!("statuses: [{}]", statuses.join(", "))
                            }
                            ("verificationSessions" | "User.verificationSessions", _) => {
                                format!("refIds: {}", json!(random.some_of(&refs)))
                            }
                            ("verificationResults" | "User.verificationResults", _) => {
                                let statuses = random.some_of(&["STARTED", "VERIFIED", "FAILED"]);
                                format!("statuses: [{}]", statuses.join(", "))
                            }
                            (_, 1) => {
                                format!("statuses: [{}]", random.some_of(&["Valid", "Started"]).join(", "))
                            }
                            (_, 2) => {
                                format!("levels: [{}]", random.some_of(&["expert", "qes", "pvid"]).join(", "))
                            }
                            (_, _) => format!("processes: [{}]", random.some_of(&["QES", "PVID"]).join(", ")),
                        };
                        let order = format!("{{ field: {field}, direction: {direction} }}");
                        all.push(Self { list, filter, order });
                    }
                }
            }
        }
        all
    }

    /// A page of the list; for `User.identifications`, that of a user.
    pub fn page(&self, user: Uuid, page: &str) -> String {
        let Self { list, filter, order } = self;
        let field = list.rsplit('.').next().unwrap();
        let rows = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } \
                      edges { cursor node { id } } }";
        let text = format!("list: {field}(filters: {{ {filter} }}, orderBy: {order}, {page}) {rows}");
        if list.contains('.') {
            format!("{{ user(id: \"{user}\") {{ {text} }} }}")
        } else {
            format!("{{ {text} }}")
        }
    }

    /// The list in an answer to [`Asked::page`].
    pub fn read(&self, mut data: Value) -> Value {
        if self.list.contains('.') { data["user"]["list"].take() } else { data["list"].take() }
    }
}

/// The ids of the rows of a page.
pub fn ids(page: &Value) -> Vec<Uuid> {
    let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{page}"));
    edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().parse().unwrap()).collect()
}
