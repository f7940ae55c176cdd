//! Where the rows of each table are in a database of several nodes.

/// Where the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// On the node of their project: every key contains `project_id`.
    Project,
    /// On every node: few rows, which are looked up before a project is known.
    Everywhere,
    /// On the node that clients connect to.
    Here,
}

/// Every table, in an order in which a table comes after the tables that it references.
pub const HOMES: &[(&str, Home)] = &[
    ("instance", Home::Here),
    ("signing_keys", Home::Here),
    ("spent_tickets", Home::Here),
    ("projects", Home::Everywhere),
    ("integrations", Home::Everywhere),
    ("credentials", Home::Everywhere),
    ("credential_secrets", Home::Everywhere),
    ("project_settings", Home::Everywhere),
    ("user_name_indexes", Home::Everywhere),
    ("members", Home::Everywhere),
    ("roles", Home::Everywhere),
    ("memberships", Home::Everywhere),
    ("member_passkeys", Home::Everywhere),
    ("member_passwords", Home::Everywhere),
    ("member_totps", Home::Everywhere),
    ("member_recovery_codes", Home::Everywhere),
    ("member_sessions", Home::Everywhere),
    ("member_links", Home::Everywhere),
    ("oidc_providers", Home::Everywhere),
    ("oidc_identities", Home::Everywhere),
    ("oidc_mappings", Home::Everywhere),
    ("sign_in_attempts", Home::Here),
    ("sign_in_failures", Home::Here),
    ("counters", Home::Project),
    ("saved_views", Home::Project),
    ("idempotency_keys", Home::Project),
    ("project_keys", Home::Project),
    ("users", Home::Project),
    ("user_tags", Home::Project),
    ("user_lookups", Home::Project),
    ("user_name_tokens", Home::Project),
    ("sandbox_consents", Home::Project),
    ("sandbox_endorsements", Home::Project),
    ("identifications", Home::Project),
    ("level_changes", Home::Project),
    ("identification_sources", Home::Project),
    ("identification_totals", Home::Project),
    ("validity_policies", Home::Project),
    ("verification_levels", Home::Project),
    ("verifications", Home::Project),
    ("grant_policies", Home::Project),
    ("proofing_requests", Home::Project),
    ("proofing_totals", Home::Project),
    ("verification_sessions", Home::Project),
    ("documents", Home::Project),
    ("document_images", Home::Project),
    ("verification_results", Home::Project),
    ("events", Home::Project),
    ("webhook_subscriptions", Home::Project),
    ("webhook_deliveries", Home::Project),
    ("audit_events", Home::Project),
    ("retention_policies", Home::Project),
    ("import_sources", Home::Project),
];
