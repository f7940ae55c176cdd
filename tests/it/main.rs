//! The specification, as properties of a server that runs on both databases.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]
#![expect(clippy::format_collect, reason = "tests build short texts")]

mod harness;

mod architecture;
mod audit;
mod authorization;
mod buckets;
mod canaries;
mod commands;
mod connections;
mod credentials;
mod deferred;
mod depth;
mod document;
mod empty_pages;
mod encryption;
mod erased;
mod events;
mod exports;
mod faults;
mod filters;
mod idempotency;
mod identification;
mod identification_counts;
mod imports;
mod isolation;
mod lifecycle;
mod limits;
mod literals;
mod lookups;
mod members;
mod names;
mod narrow;
mod nodes;
mod oauth;
mod openapi;
mod paging;
mod persons;
mod plans;
mod proofing;
mod proofing_rest;
mod published;
mod replica;
mod results;
mod saved_views;
mod scale;
mod scenarios;
mod schema;
mod seed;
mod sessions;
mod statements;
mod subscriptions;
mod tag_limits;
mod texts;
mod tokens;
mod transport;
mod user_events;
mod verification;
mod webhooks;
