//! The specification, as properties of a server that runs on both databases.

mod harness;

mod authorization;
mod credentials;
mod isolation;
mod oauth;
mod seed;
mod tag_limits;
mod texts;
mod tokens;
