//! Expiry of imported levels, and their entries in the level history.

use entity::{
    Timestamp,
    identification::{Model, Status},
    level_change, user, validity_policy,
};

use super::{Batch, unless_erased};
use crate::{
    Result,
    identification::store::change::{LEVELS, levels, life},
    level::{rules, validity},
    transfer::record::{Identification, LevelChange},
};

/// Validity periods of levels in the project.
pub struct Ends(Vec<validity_policy::Model>);

impl Ends {
    pub async fn of(batch: &Batch<'_>) -> Result<Self> {
        Ok(Self(validity::policies(&batch.transaction, batch.of.project).await?))
    }

    /// Sets the expiry of valid levels: the record's, or else the project's policy for newly granted levels.
    /// Levels that are already valid here keep theirs.
    pub async fn put(
        &self,
        batch: &Batch<'_>,
        it: &Identification,
        row: &mut Model,
        before: Option<&Model>,
    ) -> Result<()> {
        let was = before.map(life);
        let said = life(row).valid_until;
        let is = levels(row);
        let mut expires = None;
        let mut ends = [None; 3];
        for index in (0..3).filter(|index| is[*index] == Status::Valid) {
            let known = was.filter(|was| was.levels[index] == Status::Valid);
            if let Some(known) = known {
                ends[index] = known.valid_until[index];
                continue;
            }
            let policy = self.0.iter().find(|policy| policy.level == LEVELS[index]);
            let (None, Some(policy)) = (said[index], policy) else {
                ends[index] = said[index];
                continue;
            };
            // A new identification has no documents yet; they are imported after it.
            if policy.until_document_expires
                && let (None, Some(before)) = (expires, before)
            {
                expires = validity::document_of(&batch.transaction, &batch.of.vault, before).await?;
            }
            ends[index] = rules::until(policy, since(it, index), expires);
        }
        [row.expert_valid_until, row.qes_valid_until, row.pvid_valid_until] = ends;
        row.due_at = life(row).due_at();
        Ok(())
    }
}

/// The last entry of a level in the record's history.
fn last(it: &Identification, index: usize) -> Option<&LevelChange> {
    let of_level = it.history.iter().filter(|change| change.level.0 == LEVELS[index]);
    of_level.max_by_key(|change| change.at)
}

/// Since when a level has its status: by the record's history, or else the record's last update.
fn since(it: &Identification, index: usize) -> Timestamp {
    let is = [&it.levels.expert, &it.levels.qes, &it.levels.pvid][index].status.0;
    last(it, index).filter(|change| change.status.0 == is).map_or(it.updated_at.0, |change| change.at.0)
}

impl Batch<'_> {
    /// Entries to add to the level history, with the record's times: those of the record's history that are
    /// missing here, and the current statuses if the history does not include them.
    pub(super) fn history(
        &self,
        it: &Identification,
        user: &user::Model,
        row: &Model,
        before: Option<&Model>,
    ) -> Vec<level_change::Model> {
        let (is, until) = (levels(row), life(row).valid_until);
        let expired = [row.expert_expired_at, row.qes_expired_at, row.pvid_expired_at];
        let was = before.map(levels);
        let mut changes = Vec::new();
        for index in 0..3 {
            let change = |status, valid_until, reason, created_at| level_change::Model {
                id: self.of.clock.new_id(),
                project_id: row.project_id,
                user_id: row.user_id,
                identification_id: row.id,
                level: LEVELS[index],
                status,
                valid_until,
                reason,
                created_at,
            };
            let known = before.map_or(Timestamp(i64::MIN), |before| before.updated_at);
            let last = last(it, index);
            for was in it.history.iter().filter(|was| was.level.0 == LEVELS[index] && was.at.0 > known) {
                let is_now = last == Some(was) && was.status.0 == is[index];
                let until = if is_now { until[index] } else { was.valid_until.map(|at| at.0) };
                changes.push(change(was.status.0, until, unless_erased(user, was.reason.clone()), was.at.0));
            }
            let said = last.map(|last| last.status.0).or_else(|| was.map(|was| was[index]));
            let is_silent = matches!(is[index], Status::NotSupported | Status::NotStarted);
            if !is_silent && said != Some(is[index]) {
                let at = expired[index].unwrap_or(row.updated_at);
                changes.push(change(is[index], until[index], None, at));
            }
        }
        changes
    }
}
