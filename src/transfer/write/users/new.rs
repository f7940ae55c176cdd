use std::collections::HashSet;

use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{KIND, tags_of};
use crate::{
    Result,
    db::{column::column, counter},
    transfer::{
        record::User,
        write::{Batch, KnownIds, WriteOutcome, client, insert},
    },
    user::{ValidPersonal, lookup, store::NUMBERS},
};

impl Batch<'_> {
    /// Inserts users that do not exist yet.
    pub(super) async fn make(&mut self, new: Vec<(usize, &User, ValidPersonal)>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let project = self.of.project;
        let mut numbers = self.numbers(&new).await?;
        let keys = new.iter().map(|(_, given, _)| given.id.as_str());
        let here = self.here_as::<user::Entity>(KnownIds::nothing(), user::Column::Id, keys).await?;
        let (mut rows, mut known, mut tags) = (Vec::new(), Vec::new(), Vec::new());
        for (index, given, personal) in &new {
            let index = *index;
            // A client is identified by its number, regardless of its name.
            let id = match client(given) {
                Some(_) => self.of.clock.new_id(),
                None => self.id_of(KIND, &given.id, &here),
            };
            let status = given.status.map_or(user::Status::Active, |status| status.0);
            let sealed = personal.seal_new(&self.keys, project, id)?;
            let is_erased = status == user::Status::Erased;
            if is_erased || status == user::Status::Restricted {
                self.of.close(id);
            }
            let created = given.created_at.map_or_else(|| self.of.clock.now(), |at| at.0);
            let row = user::Model {
                id,
                project_id: project,
                ref_id: given.ref_id.clone().filter(|_| !is_erased),
                source_id: given.source_id.clone().filter(|_| !is_erased),
                number: numbers.next(given.number),
                status,
                project_key_id: sealed.project_key_id,
                wrapped_key: (!is_erased).then_some(sealed.wrapped_key),
                personal: (!is_erased).then_some(sealed.personal),
                created_at: created,
                updated_at: given.updated_at.map_or(created, |at| at.0),
                joined_at: given.joined_at.map(|at| at.0).filter(|_| !is_erased),
                version: 1,
                hold_reason: given.hold_reason.clone().filter(|_| !is_erased),
            };
            if !is_erased {
                known.push((id, personal));
                tags.extend(tags_of(&row, &given.tags));
            }
            self.users.insert(given.id.clone(), row.clone());
            self.written[index] = WriteOutcome::New;
            rows.push(row);
        }
        insert(&self.transaction, rows).await?;
        lookup::insert(&self.transaction, &self.of.vault, project, &known).await?;
        insert(&self.transaction, tags).await
    }

    /// Numbers of new users: the record's number if it is free, otherwise the project's next.
    async fn numbers(&self, new: &[(usize, &User, ValidPersonal)]) -> Result<Numbers> {
        use user::Column::{Number, ProjectId};
        let (project, db) = (self.of.project, &self.transaction);
        let wanted: Vec<i64> = new.iter().filter_map(|(_, user, _)| user.number).collect();
        let mut taken: HashSet<i64> = HashSet::new();
        if !wanted.is_empty() {
            let rows = user::Entity::find()
                .filter(ProjectId.eq(project))
                .filter(self.of.store.dialect().number_in(column::<user::Entity>(Number), &wanted));
            let rows = rows.select_only().column(Number).into_tuple().all(db).await?;
            taken.extend::<Vec<i64>>(rows);
        }
        let last: Option<i64> = user::Entity::find()
            .filter(ProjectId.eq(project))
            .order_by_desc(Number)
            .select_only()
            .column(Number)
            .into_tuple()
            .one(db)
            .await?;
        let highest = new.iter().filter_map(|(_, user, _)| user.number).max().unwrap_or_default();
        let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
        counter::reserve(db, project, NUMBERS, last.unwrap_or_default().max(highest)).await?;
        // Reserve as many as could be needed: unused numbers are harmless.
        let needed = new.iter().any(|(_, user, _)| user.number.is_none_or(|number| taken.contains(&number)));
        let end = if needed { counter::take(db, project, NUMBERS, count).await? } else { count };
        Ok(Numbers { taken, next: end - count + 1 })
    }
}

/// Numbers for new users.
struct Numbers {
    taken: HashSet<i64>,
    next: i64,
}

impl Numbers {
    fn next(&mut self, wanted: Option<i64>) -> i64 {
        match wanted {
            Some(wanted) if self.taken.insert(wanted) => wanted,
            Some(_) | None => {
                let next = self.next;
                self.next += 1;
                next
            }
        }
    }
}
