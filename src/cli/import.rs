use std::{
    fs::{self, File},
    io::{self, BufReader, Write},
    path::PathBuf,
};

use clap::Args;
use indicatif::ProgressBar;

use super::{
    Failure, Outcome, Settings,
    open::{self, Installation, project},
    say,
    seed::progress,
    start_log,
    startup::{persist, with_progress},
};
use crate::{
    config::Limits,
    project::Clocks,
    transfer::{
        Source,
        import::{Import, Listener, RejectedRecord, SkippedContent, Stopped, Summary},
        source::SourceContext,
        write::{Gallery, Writer},
    },
};

/// Refused records that are shown, and notes; a report has them all.
const SHOWN: u64 = 20;

/// Read what another system answered, or an export, into a project
///
/// Files are whole answers of the API as they were saved, JSON arrays of their items, or either of them one a line (NDJSON).
/// Importing the same again changes nothing. Servers can run meanwhile; nobody is sent webhooks about imported records.
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
    /// Whose answers the files are
    #[arg(long, value_enum)]
    from: Source,
    /// Whose the records are, where the answers do not say so: the user's id or your own id of it
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// For whom imported results are: the label of an integration, made without keys if it is not there
    #[arg(long, value_name = "LABEL")]
    integration: Option<String>,
    /// Check everything and write nothing. The embedded database takes no other write meanwhile
    #[arg(long)]
    dry_run: bool,
    /// Write what was refused and what was left out to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Stop at the first record that is refused; batches before it stay written [default: go on, and tell at the end]
    #[arg(long, conflicts_with = "keep_going")]
    fail_fast: bool,
    /// Go on after records that are refused: the default
    #[arg(long)]
    keep_going: bool,
    /// What to read; `-` for the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl ImportCommand {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        for file in &self.files {
            if file.as_os_str() != "-" && !file.is_file() {
                return Err(Failure::new(format!("there is no file `{}`", file.display())));
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
                Failure::new(format!("the report `{}` cannot be written: {error}", path.display()))
            })?)),
        };
        // Births are not after the day that it is in the project.
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
                    "importing the standard input",
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
            persist("counting what the tables hold", || opened.store.analyze()).await?;
        }
        self.tell(&summary)?;
        match stopped {
            Some((name, Stopped::Read(error))) => {
                Err(Failure::new(format!("`{name}` cannot be read: {error}")))
            }
            Some((_, Stopped::Write(error))) => Err(error.into()),
            Some((_, Stopped::Refused)) => Err(Failure::new("stopped at the first record that was refused")),
            None if summary.refused > 0 => {
                let more = summary.refused.saturating_sub(SHOWN);
                let more = if more > 0 && self.report.is_none() {
                    format!(" ({more} more than are shown: --report FILE lists them all)")
                } else {
                    String::new()
                };
                Err(Failure::new(format!("{} were refused{more}; all others were accepted", summary.refused)))
            }
            None => Ok(()),
        }
    }

    fn bytes(&self) -> u64 {
        self.files.iter().filter_map(|file| fs::metadata(file).ok()).map(|file| file.len()).sum()
    }

    fn tell(&self, summary: &Summary) -> Outcome {
        let begin = if self.dry_run { "would be " } else { "" };
        let mut is_new = false;
        for (kind, count) in &summary.counts {
            is_new |= count.new + count.changed > 0;
            say(format!(
                "{kind}: {} {begin}new, {} {begin}changed, {} were here already",
                count.new, count.changed, count.same
            ))?;
        }
        if summary.noted > 0 {
            say(format!("{} left out, as noted", summary.noted))?;
        }
        if is_new || summary.refused > 0 { Ok(()) } else { say("nothing changed") }
    }
}

/// What a person sees of an import.
struct Screen {
    bar: ProgressBar,
    /// Bytes of the files before.
    before: u64,
    report: Option<io::BufWriter<File>>,
    /// How many refused records, and how many notes.
    shown: [u64; 2],
    fail_fast: bool,
}

impl Screen {
    /// Shows a line, if it is one of the first of its sort.
    fn show(&mut self, sort: usize, text: &str) {
        self.shown[sort] += 1;
        if self.shown[sort] <= SHOWN {
            self.bar.suspend(|| {
                let _ = writeln!(io::stderr(), "{text}");
            });
        }
    }

    /// Writes a line of the report, if there is one. `false`: it cannot be written.
    fn report(&mut self, line: &impl serde::Serialize) -> bool {
        let Some(report) = &mut self.report else { return true };
        let line = serde_json::to_string(line).unwrap_or_default();
        if writeln!(report, "{line}").is_ok() {
            return true;
        }
        let _ = writeln!(io::stderr(), "verigraph: the report cannot be written");
        false
    }
}

fn place(file: &str, line: u64, item: Option<usize>) -> String {
    item.map_or_else(|| format!("{file}:{line}"), |item| format!("{file}:{line}, item {item}"))
}

impl Listener for Screen {
    fn read(&mut self, bytes: u64) {
        self.bar.set_position(self.before + bytes);
    }

    fn refused(&mut self, refused: RejectedRecord) -> bool {
        let RejectedRecord { file, line, item, why } = &refused;
        self.show(0, &format!("{}: {why}", place(file, *line, *item)));
        self.report(&refused) && !self.fail_fast
    }

    fn noted(&mut self, noted: SkippedContent) {
        let SkippedContent { file, line, item, note } = &noted;
        self.show(1, &format!("{}: note: {note}", place(file, *line, *item)));
        self.report(&noted);
    }
}
