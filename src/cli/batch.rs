use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait};

use super::outcome::Outcome;
use crate::{Result, db::Store};

/// Users per transaction.
pub(super) const BATCH: u32 = 2_000;

/// Rows per statement. `SQLite` limits the number of parameters, and larger statements are not faster.
pub(super) const STATEMENT: usize = 500;

/// A progress bar.
pub(super) fn progress(length: u64, of: &str) -> ProgressBar {
    let template = format!("{{wide_bar}} {{human_pos}}/{{human_len}} {of}, {{eta}} left");
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}

/// Inserts rows, in statements of a size that both databases accept.
pub(super) async fn insert<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Vec<impl ActiveModelTrait<Entity = E>>,
) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<_> = rows.by_ref().take(STATEMENT).collect();
        E::insert_many(batch).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes batches in transactions of their own, several at once if the database has several writers. Returns the number
/// of rows, which `write` returns for each.
pub(super) async fn write_all<B, W>(
    store: &Store,
    batches: impl Iterator<Item = B>,
    write: impl Fn(B) -> W,
) -> Outcome<u64>
where
    W: Future<Output = Outcome<u64>>,
{
    stream::iter(batches)
        .map(write)
        .buffer_unordered(store.writers())
        .try_fold(0, async |all, rows| Ok(all + rows))
        .await
}
