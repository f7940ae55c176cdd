use clap::{Args, ValueEnum};

use super::outcome::{Outcome, say};
use crate::db::placement;

#[derive(Debug, Args)]
pub struct Placement {
    /// The distributed database
    #[arg(long = "for", value_name = "DATABASE")]
    of: Distributed,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Distributed {
    /// PostgreSQL with the Citus extension
    Citus,
}

impl Placement {
    pub fn run(self) -> Outcome {
        match self.of {
            Distributed::Citus => say(placement::citus().join("\n")),
        }
    }
}
