//! verigraph: a self-hosted system of record for identity verification.
//!
//! The path of a request: [`http`] (transport and middleware) → [`auth`] (authentication) → a concept's
//! `object` → its `store` → an entity. Each concept is a folder with the same file names; shared code is in
//! [`graphql`] and [`db`].

pub mod audit;
pub mod auth;
pub mod blob;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod db;
pub mod document;
pub mod error;
pub mod event;
pub mod grant_policy;
pub mod graphql;
pub mod heartbeat;
pub mod http;
pub mod idempotency;
pub mod identification;
pub mod level;
pub mod member;
pub mod op_context;
pub mod project;
pub mod proofing;
pub mod result;
pub mod retention;
pub mod sandbox;
pub mod saved_view;
pub mod scenario;
pub mod schema;
pub mod services;
pub mod session;
pub mod subscription;
pub mod timer;
pub mod transfer;
pub mod user;
pub mod value;
pub mod verification;
pub mod webhook;

pub use error::{CheckError, Code, Error, Result};
