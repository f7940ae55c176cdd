//! Scenarios: files that run a whole verification in a Sandbox project and specify the expected results.
//!
//! | file | content |
//! |---|---|
//! | `file`, `length`, `name`, `expected` | the types of a scenario file |
//! | `parse` | parsing with the position of errors; the built-in scenarios; the JSON schema |
//! | `run` | running all steps, and the timeline |
//! | `identify`, `capture` | the implementation of the steps |
//! | `objects` | the objects that were created, the last of each kind and by name |
//! | `actual` | reading the actual results |
//! | `upload` | a scenario file in place of the image of a document |
//! | `graphql` | the `runScenario` mutation |

mod actual;
mod capture;
mod check;
pub mod document;
pub mod error;
pub mod expected;
pub mod file;
pub mod graphql;
mod identify;
mod length;
pub mod name;
mod objects;
mod parse;
pub mod policy;
mod run;
pub mod timeline;
pub mod upload;

pub use error::ParseError;
pub use file::Scenario;
pub use objects::Ids;
pub use parse::{parse, schema, shipped};
pub use run::run;
pub use timeline::{ScenarioRun, TimelineEntry};
