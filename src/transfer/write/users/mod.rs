mod change;
mod new;

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{user, user_tag};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Batch, client};
use crate::{
    Result,
    db::{column::column, dialect::Dialect},
    document::day,
    session::rules::is_ref_id,
    transfer::{
        Record,
        record::{RecordType, User},
    },
    user::{
        ValidPersonal,
        rules::{PersonalField, check_tags},
        store::lock::lock_all,
    },
};

/// The record type of users for names in a source.
const KIND: &str = "user";

impl Batch<'_> {
    /// Finds the users that the records name, and writes those that they contain.
    pub(super) async fn users(&mut self, records: &[Record]) -> Result<()> {
        let mut named: Vec<&str> = records.iter().filter_map(Record::user).collect();
        named.sort_unstable();
        named.dedup();
        if named.is_empty() {
            return Ok(());
        }
        self.find(records, &named).await?;
        self.lock_users().await?;
        let mut new = Vec::new();
        for (index, record) in records.iter().enumerate() {
            let Record::User(given) = record else { continue };
            match check(given, day(self.of.clock.now())) {
                Err(why) => self.refuse(index, why),
                Ok(personal) => {
                    if let Some(row) = self.users.get(&given.id).cloned() {
                        self.change(index, row, given, &personal).await?;
                    } else {
                        new.push((index, given.as_ref(), personal));
                    }
                }
            }
        }
        self.make(new).await
    }

    /// Locks the users' rows, so that no erasure or restriction happens between reading users and writing
    /// their data.
    async fn lock_users(&mut self) -> Result<()> {
        let mut ids: Vec<Uuid> = self.users.values().map(|row| row.id).collect();
        ids.sort_unstable();
        ids.dedup();
        // SQLite has one writer.
        if ids.is_empty() || self.of.store.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let rows = lock_all(&self.transaction, self.of.store.dialect(), self.of.project, &ids).await?;
        let rows: HashMap<Uuid, user::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        for known in self.users.values_mut() {
            if let Some(row) = rows.get(&known.id) {
                known.clone_from(row);
            }
        }
        Ok(())
    }

    /// Finds users by id, by name in the source, by the caller's own id, and clients by number.
    async fn find(&mut self, records: &[Record], named: &[&str]) -> Result<()> {
        use user::Column::{Id, Number, ProjectId, RefId};
        let known = self.known(KIND, named.iter().copied()).await?;
        let dialect = self.of.store.dialect();
        let given: Vec<&User> = records.iter().filter_map(RecordType::pick).collect();
        let own = given.iter().filter_map(|user| user.ref_id.as_deref());
        let refs: Vec<&str> = named.iter().copied().chain(own).collect();
        let numbers: Vec<i64> = given.iter().filter_map(|user| client(user)).collect();
        let of_project = || user::Entity::find().filter(ProjectId.eq(self.of.project));
        let ids = known.ids(named.iter().copied());
        let mut rows = of_project()
            .filter(dialect.id_in(column::<user::Entity>(Id), &ids))
            .all(&self.transaction)
            .await?;
        let by_ref = dialect.text_in(column::<user::Entity>(RefId), refs);
        rows.extend(of_project().filter(by_ref).all(&self.transaction).await?);
        if !numbers.is_empty() {
            let by_number = dialect.number_in(column::<user::Entity>(Number), &numbers);
            rows.extend(of_project().filter(by_number).all(&self.transaction).await?);
        }
        for name in named {
            let id = known.id(name);
            let row = rows.iter().find(|row| Some(row.id) == id);
            let row = row.or_else(|| rows.iter().find(|row| row.ref_id.as_deref() == Some(*name)));
            if let Some(row) = row {
                self.users.insert((*name).to_owned(), row.clone());
            }
        }
        for user in given {
            let same = |row: &&user::Model| {
                let is_ref = user.ref_id.is_some() && row.ref_id == user.ref_id;
                is_ref || client(user) == Some(row.number)
            };
            if !self.users.contains_key(&user.id)
                && let Some(row) = rows.iter().find(same)
            {
                self.users.insert(user.id.clone(), row.clone());
            }
        }
        Ok(())
    }
}

/// The personal data of a record, if it is valid by the same rules as in all APIs, and the rest of the record
/// is valid.
fn check(user: &User, today: NaiveDate) -> std::result::Result<ValidPersonal, String> {
    if !is_ref_id(&user.id) || user.ref_id.as_deref().is_some_and(|id| !is_ref_id(id)) {
        return Err("`id`: is empty, longer than 1024 bytes, or contains a NUL".to_owned());
    }
    check_tags(&user.tags).map_err(|(name, why)| format!("`{name}`: {why}"))?;
    if user.number.is_some_and(|number| number < 1) {
        return Err("`number`: user numbers start at 1".to_owned());
    }
    user.personal.clone().validate(today).map_err(|why| match why.field {
        PersonalField::Nationality => why.named("nationality"),
        field => why.named(field.name()),
    })
}

/// The rows of a user's tags, without duplicates.
fn tags_of(user: &user::Model, tags: &[String]) -> Vec<user_tag::Model> {
    let tags: std::collections::BTreeSet<&String> = tags.iter().collect();
    let row =
        |tag: &String| user_tag::Model { user_id: user.id, tag: tag.clone(), project_id: user.project_id };
    tags.into_iter().map(row).collect()
}
