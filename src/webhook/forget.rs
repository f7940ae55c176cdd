//! Deletes old deliveries and events, one project after the other.

use entity::Timestamp;
use futures_util::{FutureExt, future::BoxFuture};
use uuid::Uuid;

use super::queue;
use crate::{Result, db::Store, event, project};

/// Number of rows deleted in one statement.
const BATCH: u64 = 1000;

/// Deletes deliveries that arrived before a time. Returns their number.
pub async fn deliveries(store: &Store, before: Timestamp) -> Result<u64> {
    of_each_project(store, |project| queue::forget(store, project, before, BATCH).boxed()).await
}

/// Deletes events before a time that no delivery refers to any more. Returns their number.
pub async fn events(store: &Store, before: Timestamp) -> Result<u64> {
    of_each_project(store, |project| event::store::delete_old(store, project, before, BATCH).boxed()).await
}

/// Deletes rows of each project, in batches. Returns their number.
async fn of_each_project<'a>(
    store: &Store,
    delete: impl Fn(Uuid) -> BoxFuture<'a, Result<u64>> + Send,
) -> Result<u64> {
    let mut deleted = 0;
    for project in project::store::list(store).await? {
        loop {
            let some = delete(project.id).await?;
            deleted += some;
            if some < BATCH {
                break;
            }
        }
    }
    Ok(deleted)
}
