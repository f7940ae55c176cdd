//! Keys that can be spread: every row of a project, and every statement about one, names the project.

mod keys;
mod numbers;
mod placement;
mod pruning;
