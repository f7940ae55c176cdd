//! The specification, as properties of a server that runs on both databases.

mod harness;

mod authorization;
mod seed;
