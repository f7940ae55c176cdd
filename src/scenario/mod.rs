//! Scenarios: a file that drives a whole verification in a Sandbox project, and says what is to come of it.
//!
//! | file | what |
//! |---|---|
//! | `file`, `length`, `name`, `expected` | what a file can say |
//! | `parse` | reading one, with line and column of what is wrong; those that are shipped; their schema |
//! | `run` | from the first step to the last, and what came of it |
//! | `identify`, `capture` | what the steps do |
//! | `made` | the objects that were made, the last of each kind and by name |
//! | `came` | reading what came of it |
//! | `stand_in` | a file in place of the image of a document |
//! | `mutation` | `runScenario` |

mod actual;
mod capture;
pub mod expected;
pub mod file;
pub mod graphql;
mod identify;
mod length;
pub mod name;
mod objects;
mod parse;
mod run;
pub mod upload;

pub use file::Scenario;
pub use objects::Ids;
pub use parse::{ParseError, parse, schema, shipped};
pub use run::{ScenarioRun, TimelineEntry, run};
