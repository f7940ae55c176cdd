use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    credential::{self, Strings},
    membership, verification, verification_level,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::{Batch, WriteOutcome, given, insert, unless_erased};
use crate::{
    Result,
    auth::ActorId,
    db::{column::column, counter},
    transfer::{
        Record,
        record::{Level, Verification},
    },
    verification::grant::{LEVEL_NUMBERS, NUMBERS},
};

impl Batch<'_> {
    async fn ladder(&self) -> Result<Vec<verification_level::Model>> {
        let rungs = verification_level::Entity::find();
        let rungs = rungs.filter(verification_level::Column::ProjectId.eq(self.of.project));
        Ok(rungs.order_by_asc(verification_level::Column::Number).all(&self.transaction).await?)
    }

    pub(super) async fn levels(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Level>(records) else { return Ok(()) };
        let mut rungs = self.ladder().await?;
        let mut new = Vec::new();
        for (index, it) in given {
            if let Some(known) = rungs.iter().find(|rung| rung.number == it.number) {
                if known.name != it.name {
                    let text = format!("the level {} is `{}` here, not `{}`", it.number, known.name, it.name);
                    self.refuse(index, text);
                }
                continue;
            }
            if it.number < 1 || it.name.is_empty() || it.name.contains('\0') {
                self.refuse(index, "a level needs a number of 1 or more and a name");
                continue;
            }
            if let Some(known) = rungs.iter().find(|rung| rung.name == it.name) {
                let text =
                    format!("the level `{}` is number {} here, not {}", it.name, known.number, it.number);
                self.refuse(index, text);
                continue;
            }
            // The history API gives the order in which levels were created, not their ranking.
            let wanted = it.index.unwrap_or_else(|| i32::try_from(it.number - 1).unwrap_or(i32::MAX));
            let is_free = rungs.iter().all(|rung| rung.index != wanted);
            let top = rungs.iter().map(|rung| rung.index.saturating_add(1)).max().unwrap_or_default();
            let row = verification_level::Model {
                id: self.of.clock.new_id(),
                project_id: self.of.project,
                number: it.number,
                name: it.name.clone(),
                index: if is_free { wanted } else { top },
                created_at: it.created_at.map_or_else(|| self.of.clock.now(), |at| at.0),
            };
            rungs.push(row.clone());
            new.push(row);
            self.written[index] = WriteOutcome::New;
        }
        let last = new.iter().map(|row| row.number).max();
        insert(&self.transaction, new).await?;
        if let Some(last) = last {
            counter::reserve(&self.transaction, self.of.project, LEVEL_NUMBERS, last).await?;
        }
        Ok(())
    }

    pub(super) async fn verifications(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Verification>(records) else { return Ok(()) };
        let levels: HashMap<i64, Uuid> =
            self.ladder().await?.into_iter().map(|it| (it.number, it.id)).collect();
        let granters = self.granters(&given).await?;
        let numbers: Vec<i64> = given.iter().map(|(_, it)| it.number).collect();
        let known = self
            .of
            .store
            .dialect()
            .number_in(column::<verification::Entity>(verification::Column::Number), &numbers);
        let known = verification::Entity::find()
            .filter(verification::Column::ProjectId.eq(self.of.project))
            .filter(known);
        let known: HashMap<i64, verification::Model> =
            known.all(&self.transaction).await?.into_iter().map(|row| (row.number, row)).collect();
        let mut new: BTreeMap<Uuid, Vec<verification::Model>> = BTreeMap::new();
        let mut last = None;
        for (index, it) in given {
            let row = self.grant(it, &levels, &granters);
            match (row, known.get(&it.number)) {
                (Err(why), _) => self.refuse(index, why),
                (Ok(row), Some(known)) => {
                    let is_same = verification::Model { id: known.id, step: known.step, ..row } == *known;
                    if !is_same {
                        let text = format!(
                            "the verification {} exists with other content: history cannot change",
                            it.number
                        );
                        self.refuse(index, text);
                    }
                }
                (Ok(row), None) => {
                    if let Err(why) = self.user(&it.user).and_then(|user| self.may_keep(user)) {
                        self.refuse(index, why);
                        continue;
                    }
                    last = last.max(Some(it.number));
                    new.entry(row.user_id).or_default().push(row);
                    self.written[index] = WriteOutcome::New;
                }
            }
        }
        if let Some(last) = last {
            counter::reserve(&self.transaction, self.of.project, NUMBERS, last).await?;
        }
        let rows = self.in_order(new).await?;
        insert(&self.transaction, rows).await
    }

    fn grant(
        &self,
        it: &Verification,
        levels: &HashMap<i64, Uuid>,
        granters: &HashMap<i64, ActorId>,
    ) -> std::result::Result<verification::Model, String> {
        let level = |number: i64| {
            levels
                .get(&number)
                .copied()
                .ok_or_else(|| format!("level {number} does not exist: import it first"))
        };
        if it.number < 1 || it.reason.contains('\0') {
            return Err(
                "`number`: verification numbers start at 1; `reason`: must not contain a NUL".to_owned()
            );
        }
        let user = self.user(&it.user)?;
        let granter = it.granted_by.and_then(|number| granters.get(&number)).copied();
        Ok(verification::Model {
            id: self.of.clock.new_id(),
            project_id: self.of.project,
            user_id: user.id,
            number: it.number,
            step: 0,
            current_level_id: level(it.current_level)?,
            previous_level_id: it.previous_level.map(level).transpose()?,
            reason: unless_erased(user, Some(it.reason.clone())).unwrap_or_default(),
            granted_by: granter.and_then(ActorId::credential),
            created_at: it.created_at.0,
            granted_by_membership: granter.and_then(ActorId::membership),
        })
    }

    /// The credentials and memberships with these numbers. A missing one is created without access, as a reference for the
    /// history.
    async fn granters(&self, given: &[(usize, &Verification)]) -> Result<HashMap<i64, ActorId>> {
        let wanted: HashSet<i64> = given.iter().filter_map(|(_, it)| it.granted_by).collect();
        let mut numbers: Vec<i64> = wanted.into_iter().collect();
        numbers.sort_unstable();
        let (project, now) = (self.of.project, self.of.clock.now());
        let known = self
            .of
            .store
            .dialect()
            .number_in(column::<credential::Entity>(credential::Column::Number), &numbers);
        let known =
            credential::Entity::find().filter(credential::Column::ProjectId.eq(project)).filter(known);
        let known = known.all(&self.transaction).await?.into_iter();
        let mut known: HashMap<i64, ActorId> =
            known.map(|row| (row.number, ActorId::Credential(row.id))).collect();
        let number = column::<membership::Entity>(membership::Column::Number);
        let members = membership::Entity::find()
            .filter(membership::Column::ProjectId.eq(project))
            .filter(self.of.store.dialect().number_in(number, &numbers));
        let members = members.all(&self.transaction).await?.into_iter();
        known.extend(members.map(|row| (row.number, ActorId::Membership(row.id))));
        let mut new = Vec::new();
        for number in numbers {
            if known.contains_key(&number) || number < 1 {
                continue;
            }
            let id = self.of.clock.new_id();
            known.insert(number, ActorId::Credential(id));
            new.push(credential::Model {
                id,
                project_id: project,
                number,
                client_id: id.to_string(),
                label: format!("Imported admin {number}"),
                permissions: Strings::default(),
                tag_limits: None,
                integration_id: None,
                created_at: now,
                revoked_at: Some(now),
                last_used_at: None,
                created_by_credential: None,
                created_by_membership: None,
            });
        }
        if let Some(last) = new.iter().map(|row| row.number).max() {
            insert(&self.transaction, new).await?;
            counter::reserve(&self.transaction, project, "credentials", last).await?;
        }
        Ok(known)
    }

    /// Assigns each row its position in the user's history. Responses may come newest or oldest first, so
    /// existing rows may have to move.
    async fn in_order(
        &self,
        new: BTreeMap<Uuid, Vec<verification::Model>>,
    ) -> Result<Vec<verification::Model>> {
        use verification::Column::{Id, ProjectId, Step, UserId};
        let users: Vec<Uuid> = new.keys().copied().collect();
        let here = self.of.store.dialect().id_in(column::<verification::Entity>(UserId), &users);
        let here = verification::Entity::find()
            .filter(ProjectId.eq(self.of.project))
            .filter(here)
            .order_by_asc(Step)
            .all(&self.transaction)
            .await?;
        let mut before: HashMap<Uuid, Vec<verification::Model>> = HashMap::new();
        for row in here {
            before.entry(row.user_id).or_default().push(row);
        }
        let mut rows = Vec::new();
        for (user, new) in new {
            let there = before.remove(&user).unwrap_or_default();
            let was: HashMap<Uuid, i32> = there.iter().map(|row| (row.id, row.step)).collect();
            let ordered = chained(there.into_iter().chain(new).collect());
            let mut moved = Vec::new();
            for (index, mut row) in ordered.into_iter().enumerate() {
                row.step = i32::try_from(index).unwrap_or(i32::MAX).saturating_add(1);
                match was.get(&row.id) {
                    Some(step) if *step == row.step => {}
                    Some(_) => moved.push((row.id, row.step)),
                    None => rows.push(row),
                }
            }
            // In two steps, because positions must be unique at every moment.
            for sign in [-1, 1] {
                for (id, step) in &moved {
                    verification::Entity::update_many()
                        .col_expr(Step, Expr::value(sign * step))
                        .filter(Id.eq(*id))
                        .exec(&self.transaction)
                        .await?;
                }
            }
        }
        Ok(rows)
    }
}

/// The grants of a user in the order in which they were made: by time; at the same time each follows the
/// grant that led to its previous level.
fn chained(mut rows: Vec<verification::Model>) -> Vec<verification::Model> {
    rows.sort_by_key(|row| (row.created_at, row.previous_level_id.is_some(), row.number));
    let mut ordered: Vec<verification::Model> = Vec::new();
    let mut left: std::collections::VecDeque<_> = rows.into();
    while let Some(first) = left.front() {
        let at = first.created_at;
        let level = ordered.last().map(|row| row.current_level_id);
        let follows = left
            .iter()
            .take_while(|row| row.created_at == at)
            .position(|row| row.previous_level_id == level)
            .unwrap_or_default();
        ordered.extend(left.remove(follows));
    }
    ordered
}
