use entity::{user, user_tag};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::tags_of;
use crate::{
    Result,
    transfer::{
        record::User,
        write::{Batch, ERASED, WriteOutcome, client, insert},
    },
    user::{Personal, ValidPersonal, lookup},
};

impl Batch<'_> {
    /// Updates users: a newer record overwrites stored values; an older one only fills in missing values.
    pub(super) async fn change(
        &mut self,
        index: usize,
        before: user::Model,
        given: &User,
        personal: &ValidPersonal,
    ) -> Result<()> {
        let says_something = *given != User { id: given.id.clone(), ..User::default() };
        match before.status {
            _ if !says_something => return Ok(()),
            user::Status::Active | user::Status::Deactivated => {}
            status if given.status.is_some_and(|it| it.0 == status) || client(given).is_some() => {
                return Ok(());
            }
            user::Status::Restricted | user::Status::Erased => {
                self.refuse(index, ERASED);
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
                .filter(user_tag::Column::ProjectId.eq(row.project_id))
                .filter(user_tag::Column::UserId.eq(row.id))
                .exec(&self.transaction)
                .await?;
            insert(&self.transaction, tags_of(&row, &given.tags)).await?;
        }
        if *personal != ValidPersonal::default() {
            let known = Personal::of(&self.of.vault.within(&self.transaction), &before).await?;
            let after = personal.over(known.clone(), is_newer);
            if let Some(key) = self.key(&before).await?
                && *after.get() != known
            {
                row.personal = Some(after.seal(&key, row.project_id, row.id)?);
                lookup::write(&self.transaction, &self.of.vault, row.project_id, row.id, &after).await?;
            }
        }
        if row == before && !is_newer {
            return Ok(());
        }
        row.updated_at =
            before.updated_at.max(given.updated_at.map_or_else(|| self.of.clock.now(), |at| at.0));
        row.version = before.version.saturating_add(1);
        let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
        columns.update(&self.transaction).await?;
        self.users.insert(given.id.clone(), row);
        self.written[index] = WriteOutcome::Changed;
        Ok(())
    }
}

fn fill<T: Clone>(known: &mut Option<T>, given: Option<&T>, is_newer: bool) {
    if (known.is_none() || is_newer) && given.is_some() {
        *known = given.cloned();
    }
}
