use std::{
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
};

use clap::Args;
use indicatif::ProgressBar;

use super::{
    addresses,
    logging::start_log,
    open::{self, Installation, StatementTimeout, project},
    outcome::{Failure, Outcome},
    settings::Settings,
};
use crate::{
    config::Config,
    transfer::{
        export::{self, People, Stopped},
        pseudonym::Pseudonyms,
    },
};

/// Export the records of a project as lines of JSON (NDJSON), with personal data in plain text
///
/// `verigraph import --from verigraph` imports them again, into the same or another project. Keys,
/// credentials and webhooks are not exported; images only with --images.
#[derive(Debug, Args)]
pub struct ExportCommand {
    /// The project, by id or name
    #[arg(long)]
    project: String,
    /// File to create, readable only by its owner [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Export images of documents and faces too, in base64, one per line. Not available with --pseudonymise:
    /// the images would be of real people
    #[arg(long, conflicts_with = "pseudonymise")]
    images: bool,
    /// Replace people by pseudonyms. The same seed gives the same pseudonyms
    #[arg(long, requires = "seed")]
    pseudonymise: bool,
    /// Seed of the pseudonyms. Keep it secret: it can be used to re-identify people
    #[arg(long, value_name = "TEXT", requires = "pseudonymise")]
    seed: Option<String>,
}

impl ExportCommand {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        open::with(&config, async |opened| Box::pin(self.on(&config, opened)).await).await
    }

    async fn on(self, config: &Config, opened: &Installation) -> Outcome {
        let project = project(&opened.store, &self.project).await?;
        let to: Box<dyn Write + Send> = match &self.out {
            None => Box::new(io::stdout()),
            Some(path) => {
                let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
                Box::new(file.map_err(|error| {
                    Failure::new(format!(
                        "cannot create `{}`: {error}: name a file that does not exist yet",
                        path.display()
                    ))
                })?)
            }
        };
        let pseudonyms = self.seed.as_deref().map(Pseudonyms::new);
        let bar = ProgressBar::new_spinner();
        let people = match &pseudonyms {
            Some(pseudonyms) => People::MadeUp(pseudonyms),
            None => People::Real(self.images.then_some(&opened.images)),
        };
        let to = BufWriter::with_capacity(1 << 18, to);
        let pools = StatementTimeout::Command.pools(config);
        let store = addresses::with_replica(config, opened.store.clone(), pools).await?;
        let source = store.for_reading(None).await;
        let source = source.as_ref().unwrap_or(&store);
        let done = export::write(source, &opened.vault, project.id, people, to, |rows| bar.inc(rows)).await;
        bar.finish_and_clear();
        match done {
            Ok(counts) => {
                for (kind, count) in counts {
                    writeln!(io::stderr(), "{kind}: {count}")?;
                }
                Ok(())
            }
            // A closed pipe means that the reader has enough: `verigraph export … | head`.
            Err(Stopped::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(Stopped::Write(error)) => Err(error.into()),
            Err(Stopped::Read(error)) => Err(error.into()),
        }
    }
}
