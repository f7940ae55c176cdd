//! The specification, as properties of a server that runs on both databases.

mod harness;

mod authorization;
mod isolation;
mod seed;
mod tag_limits;
mod texts;
