//! The second factors of members: codes of an authenticator app, and recovery codes.

use entity::{Timestamp, member, member_recovery_code as recovery, member_totp as totp};
use passwords::{PasswordError, RecoveryCode, TotpSecret};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use sealing::AssociatedData;
use uuid::Uuid;

use super::profile;
use crate::{Error, Result, clock::Clock, crypto::RootKey, db::Transaction};

/// Stores the secret of a member's authenticator app. `step` is the time step of the code that confirmed it.
pub async fn set_totp(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    member: &member::Model,
    (secret, step): (&TotpSecret, i64),
) -> Result<()> {
    let key = profile::key(root, member)?.ok_or(Error::Fault("an erased member signs in"))?;
    let row = totp::ActiveModel {
        member_id: Set(member.id),
        secret: Set(key.seal(of(member.id), secret.as_bytes())?),
        confirmed_at: Set(clock.now()),
        last_step: Set(step),
    };
    let update = OnConflict::column(totp::Column::MemberId)
        .update_columns([totp::Column::Secret, totp::Column::ConfirmedAt, totp::Column::LastStep])
        .to_owned();
    totp::Entity::insert(row).on_conflict(update).exec_without_returning(transaction).await?;
    Ok(())
}

/// Accepts a code of a member's authenticator app. A code is accepted once, also if two requests send it at the
/// same time.
pub async fn accept_code(
    db: &impl ConnectionTrait,
    root: &RootKey,
    now: Timestamp,
    member: &member::Model,
    code: &str,
) -> Result<bool> {
    let Some(row) = totp::Entity::find_by_id(member.id).one(db).await? else { return Ok(false) };
    let Some(key) = profile::key(root, member)? else { return Ok(false) };
    let secret = TotpSecret::from_bytes(&key.open(of(member.id), &row.secret)?).map_err(fault)?;
    let Some(step) = secret.verify(code, now.seconds(), Some(row.last_step)) else { return Ok(false) };
    let used = totp::Entity::update_many()
        .col_expr(totp::Column::LastStep, Expr::value(step))
        .filter(totp::Column::MemberId.eq(member.id))
        .filter(totp::Column::LastStep.lt(step));
    Ok(used.exec(db).await?.rows_affected == 1)
}

/// Replaces a member's recovery codes and returns the new ones, which are shown once.
pub async fn replace_recovery_codes(
    transaction: &Transaction,
    root: &RootKey,
    member: Uuid,
) -> Result<Vec<String>> {
    let codes = RecoveryCode::generate().map_err(fault)?;
    recovery::Entity::delete_many().filter(recovery::Column::MemberId.eq(member)).exec(transaction).await?;
    let rows = codes.iter().map(|code| recovery::ActiveModel {
        member_id: Set(member),
        hash: Set(hash(root, member, code)),
        used_at: Set(None),
    });
    recovery::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(codes.iter().map(RecoveryCode::text).collect())
}

/// Accepts a recovery code. A code is accepted once, also if two requests send it at the same time.
pub async fn accept_recovery_code(
    db: &impl ConnectionTrait,
    root: &RootKey,
    now: Timestamp,
    member: Uuid,
    code: &str,
) -> Result<bool> {
    let Some(code) = RecoveryCode::parse(code) else { return Ok(false) };
    let used = recovery::Entity::update_many()
        .col_expr(recovery::Column::UsedAt, Expr::value(now))
        .filter(recovery::Column::MemberId.eq(member))
        .filter(recovery::Column::Hash.eq(hash(root, member, &code)))
        .filter(recovery::Column::UsedAt.is_null());
    Ok(used.exec(db).await?.rows_affected == 1)
}

/// Converts an error of the library, which only a missing source of randomness causes.
#[must_use]
pub fn fault(error: PasswordError) -> Error {
    Error::Fault(error.text())
}

fn hash(root: &RootKey, member: Uuid, code: &RecoveryCode) -> Vec<u8> {
    root.recovery_code(member, code.as_bytes())
}

fn of(member: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: member, table: "member_totps", column: "secret", row: member }
}
