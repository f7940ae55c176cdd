//! The specification, as properties of a server that runs on both databases.

mod harness;

mod paging;
mod schema;
mod seed;
mod statements;
