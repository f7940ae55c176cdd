//! One file per table: its columns and the enums stored in them. No queries, no GraphQL, no API
//! serialization.

mod table_data;

pub mod audit_event;
pub mod counter;
pub mod credential;
pub mod credential_secret;
pub mod document;
pub mod document_image;
pub mod erased_user;
pub mod event;
pub mod grant_policy;
pub mod idempotency_key;
pub mod identification;
pub mod identification_source;
pub mod identification_total;
pub mod import_source;
pub mod instance;
pub mod integration;
pub mod level_change;
pub mod member;
pub mod member_link;
pub mod member_passkey;
pub mod member_password;
pub mod member_recovery_code;
pub mod member_session;
pub mod member_totp;
pub mod membership;
pub mod oidc_identity;
pub mod oidc_mapping;
pub mod oidc_provider;
pub mod project;
pub mod project_key;
pub mod project_setting;
pub mod proofing_request;
pub mod proofing_total;
pub mod retention_policy;
pub mod role;
pub mod sandbox_consent;
pub mod sandbox_endorsement;
pub mod saved_view;
pub mod sign_in_attempt;
pub mod sign_in_failure;
pub mod signing_key;
pub mod spent_ticket;
pub mod timestamp;
pub mod user;
pub mod user_lookup;
pub mod user_name_index;
pub mod user_name_token;
pub mod user_tag;
pub mod validity_policy;
pub mod verification;
pub mod verification_level;
pub mod verification_result;
pub mod verification_session;
pub mod webhook_delivery;
pub mod webhook_subscription;

pub use table_data::TableData;
pub use timestamp::Timestamp;

/// Every table, and what it says about persons.
pub const TABLES: &[(&str, TableData)] = &[
    ("audit_events", audit_event::DATA),
    ("counters", counter::DATA),
    ("credential_secrets", credential_secret::DATA),
    ("credentials", credential::DATA),
    ("document_images", document_image::DATA),
    ("documents", document::DATA),
    ("erased_users", erased_user::DATA),
    ("events", event::DATA),
    ("grant_policies", grant_policy::DATA),
    ("idempotency_keys", idempotency_key::DATA),
    ("identification_sources", identification_source::DATA),
    ("identification_totals", identification_total::DATA),
    ("identifications", identification::DATA),
    ("import_sources", import_source::DATA),
    ("instance", instance::DATA),
    ("integrations", integration::DATA),
    ("level_changes", level_change::DATA),
    ("member_links", member_link::DATA),
    ("member_passkeys", member_passkey::DATA),
    ("member_passwords", member_password::DATA),
    ("member_recovery_codes", member_recovery_code::DATA),
    ("member_sessions", member_session::DATA),
    ("member_totps", member_totp::DATA),
    ("members", member::DATA),
    ("memberships", membership::DATA),
    ("oidc_identities", oidc_identity::DATA),
    ("oidc_mappings", oidc_mapping::DATA),
    ("oidc_providers", oidc_provider::DATA),
    ("project_keys", project_key::DATA),
    ("project_settings", project_setting::DATA),
    ("projects", project::DATA),
    ("proofing_requests", proofing_request::DATA),
    ("proofing_totals", proofing_total::DATA),
    ("retention_policies", retention_policy::DATA),
    ("roles", role::DATA),
    ("sandbox_consents", sandbox_consent::DATA),
    ("sandbox_endorsements", sandbox_endorsement::DATA),
    ("saved_views", saved_view::DATA),
    ("sign_in_attempts", sign_in_attempt::DATA),
    ("sign_in_failures", sign_in_failure::DATA),
    ("signing_keys", signing_key::DATA),
    ("spent_tickets", spent_ticket::DATA),
    ("user_lookups", user_lookup::DATA),
    ("user_name_indexes", user_name_index::DATA),
    ("user_name_tokens", user_name_token::DATA),
    ("user_tags", user_tag::DATA),
    ("users", user::DATA),
    ("validity_policies", validity_policy::DATA),
    ("verification_levels", verification_level::DATA),
    ("verification_results", verification_result::DATA),
    ("verification_sessions", verification_session::DATA),
    ("verifications", verification::DATA),
    ("webhook_deliveries", webhook_delivery::DATA),
    ("webhook_subscriptions", webhook_subscription::DATA),
];
