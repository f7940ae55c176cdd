//! The specification, as properties of a server that runs on both databases.

mod harness;

mod commands;
mod document;
mod faults;
mod limits;
mod seed;
mod transport;
