use std::{
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
};

use clap::Args;
use indicatif::ProgressBar;

use super::{
    Failure, Outcome, Settings,
    open::{self, Installation, project},
    start_log,
};
use crate::transfer::{
    export::{self, People, Stopped},
    pseudonym::Pseudonyms,
};

/// Write the records of a project as lines of JSON (NDJSON), with what is personal in the clear
///
/// `verigraph import --from verigraph` reads them back, into this project or another. Keys, credentials and webhooks stay
/// where they are; so do images, unless they are asked for.
#[derive(Debug, Args)]
pub struct ExportCommand {
    /// The project, by id or name
    #[arg(long)]
    project: String,
    /// Where to write it, readable by its owner alone [default: the standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write images of documents and faces too, in base64, a line each. Never of made-up people: theirs would be real
    #[arg(long, conflicts_with = "pseudonymise")]
    images: bool,
    /// Write made-up people in place of the real ones: the same for the same seed
    #[arg(long, requires = "seed")]
    pseudonymise: bool,
    /// What the made-up people follow from. Keep it secret: who knows it can find out who is who
    #[arg(long, value_name = "TEXT", requires = "pseudonymise")]
    seed: Option<String>,
}

impl ExportCommand {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        open::with(&config, async |opened| Box::pin(self.on(opened)).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let project = project(&opened.store, &self.project).await?;
        let to: Box<dyn Write + Send> = match &self.out {
            None => Box::new(io::stdout()),
            Some(path) => {
                let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
                Box::new(file.map_err(|error| {
                    Failure::new(format!(
                        "`{}` cannot be made: {error}: name a file that is not there yet",
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
        let done =
            export::write(&opened.store, &opened.vault, project.id, people, to, |rows| bar.inc(rows)).await;
        bar.finish_and_clear();
        match done {
            Ok(counts) => {
                for (kind, count) in counts {
                    writeln!(io::stderr(), "{kind}: {count}")?;
                }
                Ok(())
            }
            // Whoever reads has read enough: `verigraph export … | head`.
            Err(Stopped::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(Stopped::Write(error)) => Err(error.into()),
            Err(Stopped::Read(error)) => Err(error.into()),
        }
    }
}
