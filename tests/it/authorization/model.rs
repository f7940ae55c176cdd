//! The expected answer, computed from the policy table alone.

use async_graphql::parser::types::{BaseType, Type};
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions, policy::rule::Requirement},
    schema::POLICY,
};

use super::{
    fixture::Fixture,
    graph::{Graph, Step, base},
};

/// The permissions that allow a caller to find objects by `node`.
const OPENERS: [Permission; 8] = [
    Permission::UsersView,
    Permission::IdentificationsView,
    Permission::VerificationsView,
    Permission::WebhooksView,
    Permission::SessionsView,
    Permission::CredentialsManage,
    Permission::AuditView,
    Permission::MembersView,
];

/// A document that selects one field, with an alias for each step of the path: `s0`, `s1`, …
pub struct Question {
    way: Vec<Step>,
    pub text: String,
}

impl Question {
    pub fn new(graph: &Graph, way: Vec<Step>, fixture: &Fixture) -> Self {
        let last = way.last().unwrap();
        let mut text = if graph.parents_in(last.ty()).is_empty() { "" } else { " { __typename }" }.to_owned();
        for (depth, step) in way.iter().enumerate().rev() {
            let arguments = if depth == 0 { fixture.arguments(&way) } else { String::new() };
            let field = format!("s{depth}: {}{arguments}{text}", step.name());
            let given = depth.checked_sub(1).map_or("Query", |before| base(way[before].ty()));
            text = if given == step.parent {
                format!(" {{ __typename {field} }}")
            } else {
                format!(" {{ __typename ... on {} {{ {field} }} }}", step.parent)
            };
        }
        let text = text.trim().to_owned();
        Self { way, text }
    }

    /// The type and the field that are selected.
    pub fn target(&self) -> (String, String) {
        let last = self.way.last().unwrap();
        (last.parent.clone(), last.name().to_owned())
    }

    /// Whether these permissions are a separate case. Permissions that no step of the path requires are
    /// either all held or not at all.
    pub fn is_distinct(&self, permissions: Permissions) -> bool {
        let asks = |step: &Step, permission| match POLICY.rule(&step.parent, step.name()).unwrap().need {
            Requirement::One(needed)
            | Requirement::OrRejected(needed)
            | Requirement::FreshOrRejected(needed) => needed == permission,
            // `node` and the viewer depend on every permission.
            Requirement::Token => match (step.parent.as_str(), step.name()) {
                ("Viewer", "permissions") => true,
                ("Query", "node" | "nodes") => OPENERS.contains(&permission),
                // The views of the fixture are of this page.
                ("Query", "savedViews") => permission == Permission::UsersView,
                _ => false,
            },
        };
        let others = Permission::ALL
            .iter()
            .copied()
            .filter(|permission| !self.way.iter().any(|step| asks(step, *permission)))
            .map(|permission| permissions.holds(permission));
        let others: Vec<bool> = others.collect();
        others.iter().all(|held| *held) || others.iter().all(|held| !held)
    }

    /// Whether the selected field has a value anywhere in an answer.
    pub fn is_answered(&self, answer: &Value) -> bool {
        let key = format!("s{}", self.way.len() - 1);
        let mut within = vec![answer];
        while let Some(value) = within.pop() {
            match value {
                Value::Object(fields) if fields.get(&key).is_some_and(|value| !value.is_null()) => {
                    return true;
                }
                Value::Object(fields) => within.extend(fields.values()),
                Value::Array(items) => within.extend(items),
                _ => {}
            }
        }
        false
    }

    /// The expected body for a caller with these permissions, where a caller with all of them gets `whole`.
    pub fn expected(&self, whole: &Value, permissions: Permissions) -> Value {
        let mut evaluation = Evaluation { question: self, permissions, errors: Vec::new() };
        let data = evaluation.object(0, whole.clone(), &[]);
        let mut body = json!({ "data": data });
        if !evaluation.errors.is_empty() {
            body["errors"] = evaluation.errors.into();
        }
        body
    }
}

struct Evaluation<'a> {
    question: &'a Question,
    permissions: Permissions,
    errors: Vec<Value>,
}

impl Evaluation<'_> {
    /// An object of the answer without denied fields; `None` if a denied field is not nullable.
    fn object(&mut self, depth: usize, mut object: Value, at: &[Value]) -> Option<Value> {
        let key = format!("s{depth}");
        // The path continues through another type than this object's.
        let Some(value) = object.get_mut(&key).map(Value::take) else { return Some(object) };
        let step = &self.question.way[depth];
        let at = [at, &[key.as_str().into()]].concat();
        let needed = POLICY.rule(&step.parent, step.name()).unwrap().need;
        let answer = match needed {
            Requirement::One(permission) if !self.permissions.holds(permission) => {
                self.errors.push(self.denied(depth, permission, &at));
                None
            }
            Requirement::Token
            | Requirement::One(_)
            | Requirement::OrRejected(_)
            | Requirement::FreshOrRejected(_) => {
                let value = self.found(depth, value);
                self.value(step.ty(), value, depth + 1, &at)
            }
        };
        object[&key] = match answer {
            Some(answer) => answer,
            None if step.ty().nullable => Value::Null,
            None => return None,
        };
        Some(object)
    }

    fn value(&mut self, ty: &Type, value: Value, depth: usize, at: &[Value]) -> Option<Value> {
        let answer = match (&ty.base, value) {
            (BaseType::List(ty), Value::Array(items)) => {
                let items = items.into_iter().enumerate();
                let items =
                    items.map(|(index, item)| self.value(ty, item, depth, &[at, &[index.into()]].concat()));
                items.collect::<Option<Vec<Value>>>().map(Value::from)
            }
            (_, object @ Value::Object(_)) if depth < self.question.way.len() => {
                self.object(depth, object, at)
            }
            (_, value) => Some(value),
        };
        answer.or_else(|| ty.nullable.then_some(Value::Null))
    }

    /// Values that depend on the caller without being denied: `node` finds only what the caller may read, saved views
    /// are those of pages that it may open, and the viewer's permissions are those of its token.
    fn found(&self, depth: usize, value: Value) -> Value {
        let step = &self.question.way[depth];
        if (step.parent.as_str(), step.name()) == ("Viewer", "permissions") {
            return self.permissions.iter().map(Permission::name).collect();
        }
        let opens = |object: &Value| match object["__typename"].as_str() {
            Some("User") => self.permissions.holds(Permission::UsersView),
            Some("ProofingRequest") => self.permissions.holds(Permission::IdproofingView),
            Some("VerificationSession") => self.permissions.holds(Permission::SessionsView),
            Some("Credential") => self.permissions.holds(Permission::CredentialsManage),
            Some("Membership") => self.permissions.holds(Permission::MembersView),
            Some("AuditEvent") => self.permissions.holds(Permission::AuditView),
            Some("Identification" | "LevelLapse") => self.permissions.holds(Permission::IdentificationsView),
            Some("VerificationResult" | "Integration") => self.permissions.holds(Permission::ResultsView),
            Some("Verification" | "VerificationLevel") => {
                self.permissions.holds(Permission::VerificationsView)
            }
            Some("WebhookSubscription" | "WebhookEventLog") => {
                self.permissions.holds(Permission::WebhooksView)
            }
            _ => true,
        };
        match (step.parent.as_str(), step.name(), value) {
            ("Query", "node", value) => Some(value).filter(opens).unwrap_or_default(),
            ("Query", "nodes", Value::Array(items)) => {
                items.into_iter().map(|item| Some(item).filter(opens).unwrap_or_default()).collect()
            }
            ("Query", "savedViews", _) if !self.permissions.holds(Permission::UsersView) => json!([]),
            (_, _, value) => value,
        }
    }

    fn denied(&self, depth: usize, permission: Permission, at: &[Value]) -> Value {
        // The document is a single line of ASCII.
        let alias = format!("s{depth}: ");
        let column = self.question.text.find(&alias).unwrap() + alias.len() + 1;
        json!({
            "message": format!("this requires the permission {permission}"),
            "locations": [{ "line": 1, "column": column }],
            "path": at,
            "extensions": { "code": "FORBIDDEN" },
        })
    }
}
