use std::{
    fs::{self, File},
    io::{self, BufReader, Write},
    path::PathBuf,
};

use clap::Args;
use indicatif::ProgressBar;

use super::{
    batch::progress,
    logging::start_log,
    open::{self, Installation, project},
    outcome::{Failure, Outcome, say},
    settings::Settings,
    startup::{persist, with_progress},
};
use crate::{
    config::Limits,
    project::Clocks,
    transfer::{
        Source,
        import::{Import, Listener, RejectedRecord, SkippedContent, Stopped, Summary},
        source::item::SourceContext,
        write::{Gallery, Writer},
    },
};

/// Maximum number of rejected records, and of notes, that are printed. A report lists all of them.
const SHOWN: u64 = 20;

/// Import another system's API responses, or an export, into a project
///
/// Files contain complete API responses as they were saved, JSON arrays of their items, or either of these
/// one per line (NDJSON). Repeating an import changes nothing. Servers may run during an import; imported
/// records send no webhooks.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  verigraph import --project Bank --from idproofing page1.json page2.json\n  \
    verigraph import --project Bank --from swan --user customer-7 identifications.json\n  \
    curl … | verigraph import --project Bank --from verifications --report refused.ndjson -"
)]
pub struct ImportCommand {
    /// The project, by id or name
    #[arg(long)]
    project: String,
    /// Format of the files: the system whose responses they are
    #[arg(long, value_enum)]
    from: Source,
    /// Owner of records whose responses do not name one: the user's id or your own id for the user
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// Relying party of imported results: the label of an integration, created without keys if it does not
    /// exist
    #[arg(long, value_name = "LABEL")]
    integration: Option<String>,
    /// Check everything and write nothing. Blocks other writes to an embedded database meanwhile
    #[arg(long)]
    dry_run: bool,
    /// Write rejected records and skipped content to this file, one JSON object per line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Stop at the first rejected record; batches before it stay written [default: continue and report at the
    /// end]
    #[arg(long, conflicts_with = "keep_going")]
    fail_fast: bool,
    /// Continue after rejected records (the default)
    #[arg(long)]
    keep_going: bool,
    /// Files to read; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl ImportCommand {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        for file in &self.files {
            if file.as_os_str() != "-" && !file.is_file() {
                return Err(Failure::new(format!("file `{}` does not exist", file.display())));
            }
        }
        let limits = &config.limits;
        open::with(&config, async |opened| Box::pin(self.on(opened, limits)).await).await
    }

    async fn on(self, opened: &Installation, limits: &Limits) -> Outcome {
        let project = project(&opened.store, &self.project).await?;
        let report = match &self.report {
            None => None,
            Some(path) => Some(io::BufWriter::new(File::create(path).map_err(|error| {
                Failure::new(format!("cannot write the report `{}`: {error}", path.display()))
            })?)),
        };
        // A birth date must not be later than the current day on the project's clock.
        let clock = Clocks::new(opened.clock.clone()).of(&project);
        let gallery = Gallery {
            images: opened.images.clone(),
            most_bytes: limits.image,
            most_pixels: limits.image_pixels,
        };
        let writer =
            Writer::new(&opened.store, &opened.vault, &clock, gallery, project.id, self.dry_run).await?;
        let known = SourceContext { user: self.user.clone(), integration: self.integration.clone() };
        let screen = Screen {
            bar: ProgressBar::hidden(),
            before: 0,
            report,
            shown: [0; 2],
            fail_fast: self.fail_fast,
        };
        let mut import = Import::new(&writer, self.from, known, screen);
        import.listener.bar = progress(self.bytes(), "bytes");
        let mut stopped = None;
        for file in &self.files {
            let name = file.display().to_string();
            let done = if name == "-" {
                with_progress(
                    "importing standard input",
                    Box::pin(import.file(&name, BufReader::new(io::stdin()))),
                )
                .await
            } else {
                let opened = File::open(file).map_err(|error| Failure::new(format!("`{name}`: {error}")))?;
                let what = format!("importing `{name}`");
                with_progress(&what, Box::pin(import.file(&name, BufReader::with_capacity(1 << 18, opened))))
                    .await
            };
            import.listener.before = import.listener.bar.position();
            if let Err(why) = done {
                stopped = Some((name, why));
                break;
            }
        }
        let (summary, mut screen) = import.end();
        screen.bar.finish_and_clear();
        if let Some(report) = &mut screen.report {
            report.flush()?;
        }
        writer.end().await?;
        if !self.dry_run {
            persist("updating table statistics", || opened.store.analyze()).await?;
        }
        self.report(&summary)?;
        match stopped {
            Some((name, Stopped::Read(error))) => Err(Failure::new(format!("cannot read `{name}`: {error}"))),
            Some((_, Stopped::Write(error))) => Err(error.into()),
            Some((_, Stopped::Refused)) => Err(Failure::new("stopped at the first rejected record")),
            None if summary.refused > 0 => {
                let more = summary.refused.saturating_sub(SHOWN);
                let more = if more > 0 && self.report.is_none() {
                    format!(" ({more} more than shown: --report FILE lists all)")
                } else {
                    String::new()
                };
                Err(Failure::new(format!("{} rejected{more}; all others were accepted", summary.refused)))
            }
            None => Ok(()),
        }
    }

    fn bytes(&self) -> u64 {
        self.files.iter().filter_map(|file| fs::metadata(file).ok()).map(|file| file.len()).sum()
    }

    fn report(&self, summary: &Summary) -> Outcome {
        let begin = if self.dry_run { "would be " } else { "" };
        let mut is_new = false;
        for (kind, count) in &summary.counts {
            is_new |= count.new + count.changed > 0;
            say(format!(
                "{kind}: {} {begin}new, {} {begin}changed, {} unchanged",
                count.new, count.changed, count.same
            ))?;
        }
        if summary.noted > 0 {
            say(format!("{} skipped, see the notes", summary.noted))?;
        }
        if is_new || summary.refused > 0 { Ok(()) } else { say("nothing changed") }
    }
}

/// The terminal output of an import.
struct Screen {
    bar: ProgressBar,
    /// Bytes of the previous files.
    before: u64,
    report: Option<io::BufWriter<File>>,
    /// Number of rejected records and of notes so far.
    shown: [u64; 2],
    fail_fast: bool,
}

impl Screen {
    /// Prints a line while the limit of its kind is not reached.
    fn show(&mut self, sort: usize, text: &str) {
        self.shown[sort] += 1;
        if self.shown[sort] <= SHOWN {
            self.bar.suspend(|| {
                let _ = writeln!(io::stderr(), "{text}");
            });
        }
    }

    /// Writes a line to the report, if one was requested. Returns `false` if that fails.
    fn report(&mut self, line: &impl serde::Serialize) -> bool {
        let Some(report) = &mut self.report else { return true };
        let line = serde_json::to_string(line).unwrap_or_default();
        if writeln!(report, "{line}").is_ok() {
            return true;
        }
        let _ = writeln!(io::stderr(), "verigraph: cannot write the report");
        false
    }
}

fn location(file: &str, line: u64, item: Option<usize>) -> String {
    item.map_or_else(|| format!("{file}:{line}"), |item| format!("{file}:{line}, item {item}"))
}

impl Listener for Screen {
    fn read(&mut self, bytes: u64) {
        self.bar.set_position(self.before + bytes);
    }

    fn refused(&mut self, refused: RejectedRecord) -> bool {
        let RejectedRecord { file, line, item, why } = &refused;
        self.show(0, &format!("{}: {why}", location(file, *line, *item)));
        self.report(&refused) && !self.fail_fast
    }

    fn noted(&mut self, noted: SkippedContent) {
        let SkippedContent { file, line, item, note } = &noted;
        self.show(1, &format!("{}: note: {note}", location(file, *line, *item)));
        self.report(&noted);
    }
}
