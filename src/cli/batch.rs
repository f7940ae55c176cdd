use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait};

use crate::Result;

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
