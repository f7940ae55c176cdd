//! How far the replica may lag behind.

use std::time::Duration;

use super::Replicated;

#[tokio::test]
async fn a_replica_that_lags_too_far_behind_is_not_read_until_it_has_caught_up() {
    let on = Replicated::start(Duration::ZERO, Some(Duration::from_millis(400))).await;
    on.pause().await;
    on.create("one").await;
    on.eventually(false).await;
    assert_eq!(on.count(None).await, 1);
    on.resume().await;
    on.eventually(true).await;
    assert_eq!(on.count(None).await, 1);
}

#[tokio::test]
async fn a_primary_on_which_nothing_changes_is_no_lag() {
    let on = Replicated::start(Duration::ZERO, Some(Duration::from_secs(1))).await;
    // The position of the primary is then after the header of a page, and that of the replica before it.
    on.primary.execute("SELECT pg_switch_wal()").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    on.eventually(true).await;
    for _ in 0..15 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(on.app.store.for_reading(None).await.is_some(), "the replica counts as lagging");
    }
}
