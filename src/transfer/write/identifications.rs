use std::collections::HashMap;

use entity::{
    identification::{ActiveModel, Column, Entity, Model, Reasons, Status},
    identification_source,
};
use sea_orm::{ActiveEnum, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Batch, Existing, WriteOutcome, given, history::Ends, insert, unless_erased};
use crate::{
    Result,
    db::column::column,
    identification::{
        rules,
        store::{
            change::{LEVELS, levels},
            totals,
        },
    },
    transfer::{
        Record,
        record::{Identification, LevelState},
    },
};

const KIND: &str = "identification";

impl Batch<'_> {
    pub(super) async fn identifications(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Identification>(records) else { return Ok(()) };
        let here = self.known_identifications(&given).await?;
        let ends = Ends::of(self).await?;
        let (mut new, mut sources, mut history) = (Vec::new(), Vec::new(), Vec::new());
        let (mut outdated, mut changed) = (Vec::new(), Vec::new());
        for (index, it) in given {
            let user = match check(it).and_then(|()| self.user(&it.user)) {
                Ok(user) => user.clone(),
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            if let Some(before) = here.get(&it.id) {
                if it.updated_at.0 <= before.updated_at {
                    continue;
                }
                if let Err(why) = self.may_keep(&user).and_then(|()| may_become(before, it)) {
                    self.refuse(index, why);
                    continue;
                }
                let mut after = self.row(it, before.id, before.user_id);
                after.created_at = before.created_at;
                after.version = before.version.saturating_add(1);
                ends.put(self, it, &mut after, Some(before)).await?;
                history.extend(self.history(it, &user, &after, Some(before)));
                let columns: ActiveModel = after.clone().into_active_model().reset_all();
                columns.update(&self.transaction).await?;
                outdated.push(before.clone());
                changed.push(after);
                self.written[index] = WriteOutcome::Changed;
                continue;
            }
            if let Err(why) = self.may_keep(&user) {
                self.refuse(index, why);
                continue;
            }
            let id = match (&it.source, here.free_id(&it.id)) {
                (_, Some(id)) => id,
                // The origin stores its name in the source.
                (Some(_), None) => self.of.clock.new_id(),
                (None, None) => self.id_of(KIND, &it.id, &here),
            };
            let mut row = self.row(it, id, user.id);
            ends.put(self, it, &mut row, None).await?;
            history.extend(self.history(it, &user, &row, None));
            if let Some(source) = unless_erased(&user, it.source.as_ref()) {
                sources.push(identification_source::Model {
                    identification_id: id,
                    project_id: self.of.project,
                    provider: source.provider.clone(),
                    reference: source.reference.clone(),
                });
            }
            new.push(row);
            self.written[index] = WriteOutcome::New;
        }
        insert(&self.transaction, new.clone()).await?;
        insert(&self.transaction, sources).await?;
        insert(&self.transaction, history).await?;
        // A row with a new id has another name in its source.
        self.write_names().await?;
        changed.extend(new);
        totals::record(&self.transaction, &outdated, &changed).await
    }

    /// The existing rows of the records. Matches by the provider's id first.
    async fn known_identifications(&self, given: &[(usize, &Identification)]) -> Result<Existing<Model>> {
        use identification_source::Column::{ProjectId, Reference};
        let keys = given.iter().map(|(_, it)| it.id.as_str());
        let mut known = self.known(KIND, keys.clone()).await?;
        let origins = || given.iter().filter_map(|(_, it)| Some((it.id.as_str(), it.source.as_ref()?)));
        let references: Vec<&str> = origins().map(|(_, source)| source.reference.as_str()).collect();
        if !references.is_empty() {
            let named = column::<identification_source::Entity>(Reference);
            let named = self.of.store.dialect().text_in(named, references);
            let found = identification_source::Entity::find();
            let found = found.filter(ProjectId.eq(self.of.project)).filter(named);
            let found: HashMap<(String, String), Uuid> = found
                .all(&self.transaction)
                .await?
                .into_iter()
                .map(|row| ((row.provider, row.reference), row.identification_id))
                .collect();
            for (key, source) in origins() {
                if let Some(id) = found.get(&(source.provider.clone(), source.reference.clone())) {
                    known.learn(key, *id);
                }
            }
        }
        self.here_as::<Entity>(known, Column::Id, keys).await
    }

    /// Builds the row from the record, without expiry.
    fn row(&self, it: &Identification, id: Uuid, user: Uuid) -> Model {
        let why =
            |level: &LevelState| (level.status.0 == Status::Invalid).then(|| Reasons(level.reasons.clone()));
        let when = |level: &LevelState| {
            let at = level.expired_at.map_or(it.updated_at.0, |at| at.0);
            (level.status.0 == Status::Expired).then_some(at)
        };
        let until = |level: &LevelState| level.valid_until.map(|at| at.0);
        let (expert, qes, pvid) = (&it.levels.expert, &it.levels.qes, &it.levels.pvid);
        Model {
            id,
            project_id: self.of.project,
            user_id: user,
            process: it.process.0,
            status: rules::status([expert.status.0, qes.status.0, pvid.status.0]),
            identity_document_type: it.identity_document_type.map(|kind| kind.0),
            expert_status: expert.status.0,
            expert_reasons: why(expert),
            expert_expired_at: when(expert),
            qes_status: qes.status.0,
            qes_reasons: why(qes),
            qes_expired_at: when(qes),
            pvid_status: pvid.status.0,
            pvid_reasons: why(pvid),
            pvid_expired_at: when(pvid),
            created_at: it.created_at.0,
            updated_at: it.updated_at.0,
            version: 1,
            due_at: None,
            expert_valid_until: until(expert),
            qes_valid_until: until(qes),
            pvid_valid_until: until(pvid),
        }
    }
}

/// Whether the combination of levels is possible, regardless of earlier states.
fn check(it: &Identification) -> std::result::Result<(), String> {
    if it.id.is_empty() {
        return Err("`id`: must not be empty".to_owned());
    }
    let levels = [("expert", &it.levels.expert), ("qes", &it.levels.qes), ("pvid", &it.levels.pvid)];
    for ((name, level), awarded) in levels.into_iter().zip(rules::awards(it.process.0)) {
        let (status, process) = (level.status.0, it.process.0.to_value());
        if awarded == (status == Status::NotSupported) {
            let text = if awarded { "awards the level" } else { "does not award the level" };
            let status = status.to_value();
            return Err(format!("`levels.{name}.status`: {status}, but the process {process} {text}"));
        }
        let reasons = (!level.reasons.is_empty()).then(|| Reasons(level.reasons.clone()));
        if !rules::may_have(status, reasons.as_ref()) {
            return Err(format!(
                "`levels.{name}.reasons`: an Invalid level has at least one reason, and no other level has any"
            ));
        }
    }
    Ok(())
}

/// Whether the transition from the stored version to the record is allowed: final statuses do not change.
fn may_become(before: &Model, it: &Identification) -> std::result::Result<(), String> {
    if before.process != it.process.0 {
        return Err(format!("`process`: is {} here and cannot change", before.process.to_value()));
    }
    let is = [&it.levels.expert, &it.levels.qes, &it.levels.pvid].map(|level| level.status.0);
    for (index, (from, to)) in levels(before).into_iter().zip(is).enumerate() {
        let is_possible = match from {
            _ if from == to => true,
            Status::NotStarted | Status::Started => true,
            Status::Pending => !matches!(to, Status::Started | Status::NotStarted),
            Status::Valid => to == Status::Expired,
            Status::Invalid | Status::Canceled | Status::Expired | Status::NotSupported => false,
        };
        if !is_possible {
            let (level, from, to) = (LEVELS[index].to_value(), from.to_value(), to.to_value());
            return Err(format!("the level {level} is {from} here and cannot become {to}"));
        }
    }
    Ok(())
}
