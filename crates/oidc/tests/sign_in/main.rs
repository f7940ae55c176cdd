//! A sign-in from start to finish, against a provider in this process.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

mod documents;
mod keys;
mod provider;
mod refusals;
mod success;
