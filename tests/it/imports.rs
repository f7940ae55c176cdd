//! Answers of other systems are imported as records, once for any number of imports.

mod command;
mod documented;
mod exported;
mod forms;
mod images;
mod lapsed;
mod newer;
mod refused;
mod sessions;

pub use exported::written;
use serde_json::Value;
use verigraph::transfer::{
    Source,
    import::{Count, Import, Listener, RejectedRecord, SkippedContent, Summary},
    source::item::SourceContext,
    write::{Gallery, Writer},
};

use crate::harness::TestApp;

/// Everything that was rejected or noted.
#[derive(Default)]
struct List {
    refused: Vec<RejectedRecord>,
    noted: Vec<SkippedContent>,
}

impl Listener for List {
    fn read(&mut self, _: u64) {}

    fn refused(&mut self, refused: RejectedRecord) -> bool {
        self.refused.push(refused);
        true
    }

    fn noted(&mut self, noted: SkippedContent) {
        self.noted.push(noted);
    }
}

/// An import into a project of a server.
pub struct Run<'a> {
    app: &'a TestApp,
    source: Source,
    user: Option<&'a str>,
    is_trial: bool,
}

impl<'a> Run<'a> {
    pub fn of(app: &'a TestApp, source: Source) -> Self {
        Self { app, source, user: None, is_trial: false }
    }

    pub async fn import(&self, text: &str) -> (Summary, Vec<RejectedRecord>) {
        let (summary, list) = self.import_all(text).await;
        (summary, list.refused)
    }

    async fn import_all(&self, text: &str) -> (Summary, List) {
        let services = &self.app.app.services;
        let gallery =
            Gallery { images: services.images.clone(), most_bytes: 1 << 20, most_pixels: 1_000_000 };
        let writer = Writer::new(
            &services.store,
            &services.vault,
            &services.clock,
            gallery,
            self.app.project,
            self.is_trial,
        )
        .await
        .unwrap();
        let known = SourceContext { user: self.user.map(str::to_owned), integration: None };
        let mut import = Import::new(&writer, self.source, known, List::default());
        import.file("file", text.as_bytes()).await.unwrap();
        let (summary, list) = import.end();
        writer.end().await.unwrap();
        (summary, list)
    }

    /// Imports a file without errors.
    pub async fn import_ok(&self, text: &str) -> Summary {
        let (summary, refused) = self.import(text).await;
        assert_eq!(refused, [], "{text}");
        summary
    }

    /// The reason why a record is rejected.
    async fn rejection(&self, value: &Value) -> String {
        let (_, mut refused) = self.import(&value.to_string()).await;
        assert_eq!(refused.len(), 1, "{value}: {refused:?}");
        refused.remove(0).why
    }
}

/// The number of created, updated and unchanged records of a type.
fn counts(summary: &Summary, kind: &str) -> (u64, u64, u64) {
    let Count { new, changed, same } = summary.counts.get(kind).copied().unwrap_or_default();
    (new, changed, same)
}

/// Whether an import changed nothing.
fn is_unchanged(summary: &Summary) -> bool {
    summary.counts.values().all(|count| count.new + count.changed == 0 && count.same > 0)
}
