//! Imports files into a project: reads value by value, writes in batches, and reports rejected records.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, BufRead},
};

use super::{
    Record, Source,
    reader::{LocatedValue, Reader},
    source::item::SourceContext,
    write::{BATCH, WriteOutcome, Writer},
};

/// A rejected record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RejectedRecord {
    pub file: String,
    pub line: u64,
    /// Position in the page, counted from 1, if the line has more than one item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    pub why: String,
}

/// Valid content of a file that is not imported.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SkippedContent {
    pub file: String,
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    pub note: String,
}

/// Number of records of a type by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub new: u64,
    pub changed: u64,
    pub same: u64,
}

/// Totals of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub counts: BTreeMap<&'static str, Count>,
    pub refused: u64,
    pub noted: u64,
}

/// Why an import stopped.
#[derive(Debug)]
pub enum Stopped {
    Read(io::Error),
    Write(crate::Error),
    /// A record was rejected, and the import was to stop at the first.
    Refused,
}

/// Receives the progress of an import.
pub trait Listener {
    /// Called with the number of bytes read of the file.
    fn read(&mut self, bytes: u64);
    /// Called for each rejected record. Returns `false` to stop the import.
    fn refused(&mut self, refused: RejectedRecord) -> bool;
    /// Called for skipped content.
    fn noted(&mut self, noted: SkippedContent);
}

/// Imports files into a writer's project.
pub struct Import<'a, L> {
    pub writer: &'a Writer,
    pub source: Source,
    pub known: SourceContext,
    pub listener: L,
    summary: Summary,
    waiting: Vec<Record>,
    locations: Vec<(u64, Option<usize>)>,
    /// Index of the pending record with this type and name.
    keys: HashMap<(&'static str, String), usize>,
}

impl<'a, L: Listener> Import<'a, L> {
    pub fn new(writer: &'a Writer, source: Source, known: SourceContext, listener: L) -> Self {
        Self {
            writer,
            source,
            known,
            listener,
            summary: Summary::default(),
            waiting: Vec::new(),
            locations: Vec::new(),
            keys: HashMap::new(),
        }
    }

    /// Imports a file to its end.
    ///
    /// # Errors
    ///
    /// Why the import stopped early. Earlier batches remain written.
    pub async fn file(&mut self, name: &str, from: impl BufRead) -> Result<(), Stopped> {
        let mut reader = Reader::new(from);
        while let Some(LocatedValue { line, value }) = reader.read().map_err(Stopped::Read)? {
            self.listener.read(reader.bytes());
            match value {
                Err(why) => self.refuse(name, (line, None), why)?,
                Ok(value) => {
                    let items = self.source.items(value, &self.known);
                    let is_one = items.len() == 1;
                    for (index, item) in items.into_iter().enumerate() {
                        let location = (line, (!is_one).then_some(index + 1));
                        match item {
                            Err(why) => self.refuse(name, location, why)?,
                            Ok(said) => {
                                for note in said.notes {
                                    self.note(name, location, note);
                                }
                                self.take(name, location, said.records).await?;
                            }
                        }
                    }
                }
            }
        }
        self.flush(name).await
    }

    /// Returns the totals and the listener.
    pub fn end(self) -> (Summary, L) {
        (self.summary, self.listener)
    }

    async fn take(
        &mut self,
        file: &str,
        at: (u64, Option<usize>),
        records: Vec<Record>,
    ) -> Result<(), Stopped> {
        for record in records {
            let key = record.key();
            // Such a record is written separately, after all before it: it may be large, or depend on rows
            // already written.
            let is_alone = stands_alone(&record);
            if is_alone {
                self.flush(file).await?;
            }
            if let Some(index) = self.keys.get(&key) {
                if self.waiting[*index] == record {
                    continue;
                }
                // A further version of a pending record: write the pending ones first, so that both versions
                // are applied in order.
                self.flush(file).await?;
            }
            self.keys.insert(key, self.waiting.len());
            self.waiting.push(record);
            self.locations.push(at);
            if is_alone {
                self.flush(file).await?;
            }
        }
        if self.waiting.len() >= BATCH { self.flush(file).await } else { Ok(()) }
    }

    async fn flush(&mut self, file: &str) -> Result<(), Stopped> {
        let records = std::mem::take(&mut self.waiting);
        let locations = std::mem::take(&mut self.locations);
        self.keys.clear();
        if records.is_empty() {
            return Ok(());
        }
        let written = self.writer.write(&records).await.map_err(Stopped::Write)?;
        for ((record, location), written) in records.iter().zip(locations).zip(written) {
            let (kind, _) = record.key();
            let count = self.summary.counts.entry(kind).or_default();
            match written {
                WriteOutcome::New => count.new += 1,
                WriteOutcome::Changed => count.changed += 1,
                WriteOutcome::Same => count.same += 1,
                WriteOutcome::Refused(why) => self.refuse(file, location, format!("{kind}: {why}"))?,
            }
        }
        Ok(())
    }

    fn refuse(&mut self, file: &str, (line, item): (u64, Option<usize>), why: String) -> Result<(), Stopped> {
        self.summary.refused += 1;
        let refused = RejectedRecord { file: file.to_owned(), line, item, why };
        if self.listener.refused(refused) { Ok(()) } else { Err(Stopped::Refused) }
    }

    fn note(&mut self, file: &str, (line, item): (u64, Option<usize>), note: String) {
        self.summary.noted += 1;
        self.listener.noted(SkippedContent { file: file.to_owned(), line, item, note });
    }
}

/// Whether a record must be written separately: images, which can be large, and documents that do not name
/// their session.
fn stands_alone(record: &Record) -> bool {
    match record {
        Record::Image(_) => true,
        Record::Document(it) => it.session.is_none() && it.step.is_some(),
        Record::VerificationLevel(_)
        | Record::User(_)
        | Record::Identification(_)
        | Record::ProofingRequest(_)
        | Record::Verification(_)
        | Record::Session(_)
        | Record::Result(_) => false,
    }
}
