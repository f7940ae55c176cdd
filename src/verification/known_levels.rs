//! Levels that were read before. A level is never changed and never deleted, so a row that was read is never out of date.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use entity::verification_level;
use uuid::Uuid;

/// Maximum number of levels, some hundred bytes each. When there are more, all are read again.
const LEVELS: usize = 10_000;

/// Levels by their project and id. A level of another project is not found.
#[derive(Clone, Debug, Default)]
pub struct KnownLevels(Arc<RwLock<Levels>>);

type Levels = HashMap<(Uuid, Uuid), Arc<verification_level::Model>>;

impl KnownLevels {
    /// Returns a level of a project, if it was read before.
    #[must_use]
    pub fn get(&self, project: Uuid, id: Uuid) -> Option<Arc<verification_level::Model>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&(project, id)).cloned()
    }

    /// Keeps a level that was read from its committed row.
    pub fn keep(&self, level: &Arc<verification_level::Model>) {
        let mut levels = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= LEVELS {
            levels.clear();
        }
        levels.insert((level.project_id, level.id), level.clone());
    }
}

#[cfg(test)]
mod tests {
    use entity::Timestamp;

    use super::*;

    fn level(project: Uuid) -> Arc<verification_level::Model> {
        let (id, name) = (Uuid::new_v4(), "Basic".to_owned());
        Arc::new(verification_level::Model {
            id,
            project_id: project,
            number: 1,
            name,
            index: 0,
            created_at: Timestamp(0),
        })
    }

    #[test]
    fn a_level_is_known_in_its_project_alone() {
        let (levels, project) = (KnownLevels::default(), Uuid::new_v4());
        let kept = level(project);
        assert_eq!(levels.get(project, kept.id), None);
        levels.keep(&kept);
        assert_eq!(levels.get(project, kept.id), Some(kept.clone()));
        assert_eq!(levels.get(Uuid::new_v4(), kept.id), None);
    }

    #[test]
    fn no_more_levels_are_kept_than_the_limit() {
        let (levels, project) = (KnownLevels::default(), Uuid::new_v4());
        for _ in 0..LEVELS + 5 {
            levels.keep(&level(project));
        }
        assert_eq!(levels.0.read().unwrap_or_else(PoisonError::into_inner).len(), 5);
    }
}
