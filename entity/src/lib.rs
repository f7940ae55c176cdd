//! One file per table: its columns and the enums stored in them. No queries, no GraphQL, no API
//! serialization.

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
pub mod import_source;
pub mod instance;
pub mod integration;
pub mod level_change;
pub mod project;
pub mod project_key;
pub mod proofing_request;
pub mod proofing_total;
pub mod retention_policy;
pub mod sandbox_consent;
pub mod sandbox_endorsement;
pub mod signing_key;
pub mod spent_ticket;
pub mod timestamp;
pub mod user;
pub mod user_lookup;
pub mod user_tag;
pub mod validity_policy;
pub mod verification;
pub mod verification_level;
pub mod verification_result;
pub mod verification_session;
pub mod webhook_delivery;
pub mod webhook_subscription;

pub use timestamp::Timestamp;
