use std::collections::HashSet;

use entity::{Timestamp, user, user_lookup, user_tag};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Batch, ERASED, Written, client, insert};
use crate::{
    Result,
    db::{counter, page::column},
    session::rules::{ADDRESS, NAME, is_ref_id, is_text},
    transfer::{Record, record::User},
    user::{Personal, lookup, store::NUMBERS},
};

/// What users are called where it is kept what they are called elsewhere.
const KIND: &str = "user";

impl Batch<'_> {
    /// Finds the users that the records name, and writes those that they bring.
    pub(super) async fn users(&mut self, records: &[Record]) -> Result<()> {
        let mut named: Vec<&str> = records.iter().filter_map(whose).collect();
        named.sort_unstable();
        named.dedup();
        if named.is_empty() {
            return Ok(());
        }
        self.find(records, &named).await?;
        let mut new = Vec::new();
        for (place, record) in records.iter().enumerate() {
            let Record::User(given) = record else { continue };
            if let Err(why) = check(given) {
                self.refuse(place, why);
            } else if let Some(row) = self.users.get(&given.id).cloned() {
                self.change(place, row, given).await?;
            } else {
                new.push((place, given.as_ref()));
            }
        }
        self.make(new).await
    }

    /// By what they are called here or there, by the caller's own id, and clients by their number.
    async fn find(&mut self, records: &[Record], named: &[&str]) -> Result<()> {
        use user::Column::{Id, Number, ProjectId, RefId};
        let known = self.known(KIND, named.iter().copied()).await?;
        let dialect = self.of.store.dialect();
        let given: Vec<&User> = records
            .iter()
            .filter_map(|record| if let Record::User(user) = record { Some(user.as_ref()) } else { None })
            .collect();
        let own = given.iter().filter_map(|user| user.ref_id.as_deref());
        let refs: Vec<&str> = named.iter().copied().chain(own).collect();
        let numbers: Vec<i64> = given.iter().filter_map(|user| client(user)).map(i64::from).collect();
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

    async fn make(&mut self, new: Vec<(usize, &User)>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let project = self.of.project;
        let mut numbers = self.numbers(&new).await?;
        let ids = new.iter().filter_map(|(_, given)| super::uuid(&given.id)).collect::<Vec<_>>();
        let taken = self.of.store.dialect().id_in(column::<user::Entity>(user::Column::Id), &ids);
        let taken = user::Entity::find().filter(taken).select_only().column(user::Column::Id);
        let taken: HashSet<_> = taken.into_tuple().all(&self.transaction).await?.into_iter().collect();
        let (mut rows, mut lookups, mut tags) = (Vec::new(), Vec::new(), Vec::new());
        for (place, given) in new {
            // A client is found by its number, whatever it is called.
            let id = match client(given) {
                Some(_) => self.of.clock.new_id(),
                None => self.id_of(KIND, &given.id, &taken),
            };
            let status = given.status.map_or(user::Status::Active, |status| status.0);
            let sealed = given.personal.seal_new(&self.keys, project, id)?;
            let is_erased = status == user::Status::Erased;
            let created = given.created_at.map_or_else(|| self.of.clock.now(), |at| at.0);
            let row = user::Model {
                id,
                project_id: project,
                ref_id: given.ref_id.clone(),
                source_id: given.source_id.clone(),
                number: numbers.next(given.number),
                status,
                project_key_id: sealed.project_key_id,
                wrapped_key: (!is_erased).then_some(sealed.wrapped_key),
                personal: (!is_erased).then_some(sealed.personal),
                created_at: created,
                updated_at: given.updated_at.map_or(created, |at| at.0),
                joined_at: given.joined_at.map(|at| at.0),
                version: 1,
                hold_reason: given.hold_reason.clone(),
            };
            if !is_erased {
                let found = lookup::rows(&self.of.vault, project, id, &given.personal);
                lookups.extend(found);
            }
            tags.extend(unique(&given.tags).map(|tag| user_tag::Model { user_id: id, tag }));
            self.users.insert(given.id.clone(), row.clone());
            self.written[place] = Written::New;
            rows.push(row);
        }
        insert(&self.transaction, rows).await?;
        if !lookups.is_empty() {
            user_lookup::Entity::insert_many(lookups).exec_without_returning(&self.transaction).await?;
        }
        insert(&self.transaction, tags).await
    }

    /// Numbers for new users: their own where nobody has it, otherwise the project's next.
    async fn numbers(&self, new: &[(usize, &User)]) -> Result<Numbers> {
        use user::Column::{Number, ProjectId};
        let (project, db) = (self.of.project, &self.transaction);
        let wanted: Vec<i64> = new.iter().filter_map(|(_, user)| user.number.map(i64::from)).collect();
        let mut taken: HashSet<i32> = HashSet::new();
        if !wanted.is_empty() {
            let rows = user::Entity::find()
                .filter(ProjectId.eq(project))
                .filter(self.of.store.dialect().number_in(column::<user::Entity>(Number), &wanted));
            let rows = rows.select_only().column(Number).into_tuple().all(db).await?;
            taken.extend::<Vec<i32>>(rows);
        }
        let last: Option<i32> = user::Entity::find()
            .filter(ProjectId.eq(project))
            .order_by_desc(Number)
            .select_only()
            .column(Number)
            .into_tuple()
            .one(db)
            .await?;
        let highest = new.iter().filter_map(|(_, user)| user.number).max().unwrap_or_default();
        let count = i32::try_from(new.len()).unwrap_or(i32::MAX);
        counter::reserve(db, project, NUMBERS, last.unwrap_or_default().max(highest)).await?;
        // As many as could be needed: numbers that are left out hurt nobody.
        let needed = new.iter().any(|(_, user)| user.number.is_none_or(|number| taken.contains(&number)));
        let end = if needed { counter::take(db, project, NUMBERS, count).await? } else { count };
        Ok(Numbers { taken, next: end - count + 1 })
    }

    /// What is newer goes over what is here; what is not fills in what nobody knew here.
    async fn change(&mut self, place: usize, before: user::Model, given: &User) -> Result<()> {
        let says_something = *given != User { id: given.id.clone(), ..User::default() };
        match before.status {
            _ if !says_something => return Ok(()),
            user::Status::Active | user::Status::Deactivated => {}
            status if given.status.is_some_and(|it| it.0 == status) || client(given).is_some() => {
                return Ok(());
            }
            user::Status::Restricted | user::Status::Erased => {
                self.refuse(place, ERASED);
                return Ok(());
            }
        }
        let is_newer = given.updated_at.is_some_and(|at| at.0 > before.updated_at);
        let mut row = before.clone();
        fill(&mut row.ref_id, given.ref_id.as_ref(), is_newer);
        fill(&mut row.source_id, given.source_id.as_ref(), false);
        fill(&mut row.joined_at, given.joined_at.map(|at| at.0).as_ref(), is_newer);
        if is_newer {
            if let Some(status @ (user::Status::Active | user::Status::Deactivated)) =
                given.status.map(|it| it.0)
            {
                row.status = status;
            }
            user_tag::Entity::delete_many()
                .filter(user_tag::Column::UserId.eq(row.id))
                .exec(&self.transaction)
                .await?;
            let tags = unique(&given.tags).map(|tag| user_tag::Model { user_id: row.id, tag }).collect();
            insert(&self.transaction, tags).await?;
        }
        if given.personal != Personal::default() {
            let known = Personal::of(&self.of.vault, &before).await?;
            let after = merged(known.clone(), &given.personal, is_newer);
            if let Some(key) = self.key(&before).await?
                && after != known
            {
                row.personal = Some(after.seal(&key, row.project_id, row.id)?);
                lookup::write(&self.transaction, &self.of.vault, row.project_id, row.id, &after).await?;
            }
        }
        if row == before && !is_newer {
            return Ok(());
        }
        row.updated_at =
            newest(before.updated_at, given.updated_at.map_or_else(|| self.of.clock.now(), |at| at.0));
        row.version = before.version.saturating_add(1);
        let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
        columns.update(&self.transaction).await?;
        self.users.insert(given.id.clone(), row);
        self.written[place] = Written::Changed;
        Ok(())
    }
}

struct Numbers {
    taken: HashSet<i32>,
    next: i32,
}

impl Numbers {
    fn next(&mut self, wanted: Option<i32>) -> i32 {
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

/// What a record calls the user that it is or belongs to.
fn whose(record: &Record) -> Option<&str> {
    match record {
        Record::VerificationLevel(_) => None,
        Record::User(it) => Some(&it.id),
        Record::Identification(it) => Some(&it.user),
        Record::ProofingRequest(it) => it.user.as_deref(),
        Record::Verification(it) => Some(&it.user),
        Record::Session(it) => Some(&it.user),
        Record::Document(it) => Some(&it.user),
        Record::Result(it) => Some(&it.user),
    }
}

fn check(user: &User) -> std::result::Result<(), String> {
    if !is_ref_id(&user.id) || user.ref_id.as_deref().is_some_and(|id| !is_ref_id(id)) {
        return Err("`id`: empty, longer than 1024 bytes, or with a NUL in it".to_owned());
    }
    let it = &user.personal;
    for (key, text) in [
        ("firstName", &it.first_name),
        ("allFirstNames", &it.all_first_names),
        ("lastName", &it.last_name),
        ("birthLastName", &it.birth_last_name),
        ("preferredLastName", &it.preferred_last_name),
        ("birthCity", &it.birth_city),
        ("birthCountry", &it.birth_country),
        ("nationality", &it.nationality),
        ("mobilePhoneNumber", &it.mobile_phone_number),
    ] {
        if text.as_ref().is_some_and(|text| !is_text(text, NAME)) {
            return Err(format!(
                "`{key}`: empty, longer than {NAME} bytes, or with a NUL in it: leave it out"
            ));
        }
    }
    let mut texts = it.verified_emails.iter().chain(&user.tags);
    if texts.any(|text| !is_text(text, ADDRESS)) {
        return Err("`verifiedEmails`, `tags`: one is empty, too long, or has a NUL in it".to_owned());
    }
    if user.number.is_some_and(|number| number < 1) {
        return Err("`number`: users count from 1".to_owned());
    }
    Ok(())
}

fn fill<T: Clone>(known: &mut Option<T>, given: Option<&T>, is_newer: bool) {
    if (known.is_none() || is_newer) && given.is_some() {
        *known = given.cloned();
    }
}

fn merged(mut known: Personal, given: &Personal, is_newer: bool) -> Personal {
    fill(&mut known.first_name, given.first_name.as_ref(), is_newer);
    fill(&mut known.all_first_names, given.all_first_names.as_ref(), is_newer);
    fill(&mut known.last_name, given.last_name.as_ref(), is_newer);
    fill(&mut known.birth_last_name, given.birth_last_name.as_ref(), is_newer);
    fill(&mut known.preferred_last_name, given.preferred_last_name.as_ref(), is_newer);
    fill(&mut known.birth_date, given.birth_date.as_ref(), is_newer);
    fill(&mut known.birth_city, given.birth_city.as_ref(), is_newer);
    fill(&mut known.birth_country, given.birth_country.as_ref(), is_newer);
    fill(&mut known.nationality, given.nationality.as_ref(), is_newer);
    fill(&mut known.mobile_phone_number, given.mobile_phone_number.as_ref(), is_newer);
    if (known.verified_emails.is_empty() || is_newer) && !given.verified_emails.is_empty() {
        known.verified_emails.clone_from(&given.verified_emails);
    }
    known
}

fn unique(tags: &[String]) -> impl Iterator<Item = String> {
    tags.iter().cloned().collect::<std::collections::BTreeSet<_>>().into_iter()
}

fn newest(one: Timestamp, other: Timestamp) -> Timestamp {
    one.max(other)
}
