//! Reading files into a project: value by value, in batches, with a report of what was refused.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, BufRead},
};

use super::{
    Record, Source,
    reader::{LocatedValue, Reader},
    source::SourceContext,
    write::{BATCH, WriteOutcome, Writer},
};

/// A record that was not written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RejectedRecord {
    pub file: String,
    pub line: u64,
    /// The place in the page, counted from 1, where more than one item stands on the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    pub why: String,
}

/// What of a file is not imported though nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SkippedContent {
    pub file: String,
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    pub note: String,
}

/// How many records of a type became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub new: u64,
    pub changed: u64,
    pub same: u64,
}

/// What importing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub counts: BTreeMap<&'static str, Count>,
    pub refused: u64,
    pub noted: u64,
}

/// Why importing stopped.
#[derive(Debug)]
pub enum Stopped {
    Read(io::Error),
    Write(crate::Error),
    /// A record was refused, and none was to be.
    Refused,
}

/// What is told while importing.
pub trait Listener {
    /// So many bytes of the file are read.
    fn read(&mut self, bytes: u64);
    /// A record was refused. `false`: stop.
    fn refused(&mut self, refused: RejectedRecord) -> bool;
    /// Something was left out.
    fn noted(&mut self, noted: SkippedContent);
}

/// Imports files into the project of a writer.
pub struct Import<'a, L> {
    pub writer: &'a Writer,
    pub source: Source,
    pub known: SourceContext,
    pub listener: L,
    summary: Summary,
    waiting: Vec<Record>,
    places: Vec<(u64, Option<usize>)>,
    /// Where a record of that type and name waits.
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
            places: Vec::new(),
            keys: HashMap::new(),
        }
    }

    /// Reads a file to its end.
    ///
    /// # Errors
    ///
    /// Why it was not read to its end. Batches before are written.
    pub async fn file(&mut self, name: &str, from: impl BufRead) -> Result<(), Stopped> {
        let mut reader = Reader::new(from);
        while let Some(LocatedValue { line, value }) = reader.read().map_err(Stopped::Read)? {
            self.listener.read(reader.bytes());
            match value {
                Err(why) => self.refuse(name, (line, None), why)?,
                Ok(value) => {
                    let items = self.source.items(value, &self.known);
                    let is_one = items.len() == 1;
                    for (place, item) in items.into_iter().enumerate() {
                        let place = (line, (!is_one).then_some(place + 1));
                        match item {
                            Err(why) => self.refuse(name, place, why)?,
                            Ok(said) => {
                                for note in said.notes {
                                    self.note(name, place, note);
                                }
                                self.take(name, place, said.records).await?;
                            }
                        }
                    }
                }
            }
        }
        self.flush(name).await
    }

    /// What it came to.
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
            // It is written after all before it, and alone: it may be large, or be told by what is here.
            let is_alone = stands_alone(&record);
            if is_alone {
                self.flush(file).await?;
            }
            if let Some(place) = self.keys.get(&key) {
                if self.waiting[*place] == record {
                    continue;
                }
                // Another version of one that waits: each is written in its turn.
                self.flush(file).await?;
            }
            self.keys.insert(key, self.waiting.len());
            self.waiting.push(record);
            self.places.push(at);
            if is_alone {
                self.flush(file).await?;
            }
        }
        if self.waiting.len() >= BATCH { self.flush(file).await } else { Ok(()) }
    }

    async fn flush(&mut self, file: &str) -> Result<(), Stopped> {
        let records = std::mem::take(&mut self.waiting);
        let places = std::mem::take(&mut self.places);
        self.keys.clear();
        if records.is_empty() {
            return Ok(());
        }
        let written = self.writer.write(&records).await.map_err(Stopped::Write)?;
        for ((record, place), written) in records.iter().zip(places).zip(written) {
            let (kind, _) = record.key();
            let count = self.summary.counts.entry(kind).or_default();
            match written {
                WriteOutcome::New => count.new += 1,
                WriteOutcome::Changed => count.changed += 1,
                WriteOutcome::Same => count.same += 1,
                WriteOutcome::Refused(why) => self.refuse(file, place, format!("{kind}: {why}"))?,
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

/// Images, which can be large, and documents of a step that do not say of which session they are.
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
