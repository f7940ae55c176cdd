use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, id, index, json, nullable, number, reference, reference_everywhere, small_number,
    table_of_projects, text, time, unique_index, uuid, version,
};

/// The accounts of people: members, their roles in projects, how they sign in, and their sessions.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables, in an order in which a table comes before the tables that it references.
const TABLES: [&str; 10] = [
    "sign_in_failures",
    "sign_in_attempts",
    "member_links",
    "member_sessions",
    "member_recovery_codes",
    "member_totps",
    "member_passwords",
    "memberships",
    "roles",
    "members",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_accounts(manager).await?;
        create_sign_in(manager).await?;
        for index in [
            unique_index("roles_by_name", "roles", ["project_id", "name"]),
            unique_index("memberships_by_member", "memberships", ["member_id", "project_id"]),
            unique_index("memberships_by_number", "memberships", ["project_id", "number"]),
            index("memberships_by_role", "memberships", ["role_id"]),
            index("member_sessions_by_member", "member_sessions", ["member_id"]),
            index("member_links_by_project", "member_links", ["project_id", "created_at"]),
            index("sign_in_attempts_by_expiry", "sign_in_attempts", ["expires_at"]),
            index("sign_in_failures_by_age", "sign_in_failures", ["since"]),
        ] {
            manager.create_index(index).await?;
        }
        // Members grant levels and change data, as credentials do. Their memberships are never deleted.
        for table in ["verifications", "audit_events"] {
            let name = if table == "verifications" { "granted_by_membership" } else { "membership_id" };
            let column = nullable(uuid(name));
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        // Members use idempotency keys and act as sandbox users, so these columns reference either.
        let renamed =
            Table::alter().table("idempotency_keys").rename_column("credential_id", "actor_id").take();
        manager.alter_table(renamed).await?;
        // SQLite cannot drop the foreign key to credentials. The rows are forced outcomes of test data.
        drop_tables(manager, ["sandbox_endorsements"]).await?;
        let endorsements = table_of_projects("sandbox_endorsements", ["actor_id", "project_id"])
            .col(uuid("actor_id"))
            .col(uuid("user_id"))
            .foreign_key(&mut reference("sandbox_endorsements", "user_id", "users"))
            .take();
        manager.create_table(endorsements).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let renamed =
            Table::alter().table("idempotency_keys").rename_column("actor_id", "credential_id").take();
        manager.alter_table(renamed).await?;
        for (table, column) in [("audit_events", "membership_id"), ("verifications", "granted_by_membership")]
        {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        drop_tables(manager, TABLES).await
    }
}

/// A table of what one member has.
fn of_member(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).foreign_key(&mut reference_everywhere(name, "member_id", "members")).take()
}

/// Members, their roles and their memberships.
async fn create_accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let optional_text = |name| nullable(text(manager, name));
    let flag = |name| ColumnDef::new(name).boolean().not_null().default(false).take();
    let members = Table::create()
        .table("members")
        .col(id())
        .col(bytes("wrapped_key"))
        .col(bytes("personal"))
        .col(bytes("email_hash").unique_key().take())
        .col(optional_text("locale"))
        .col(text(manager, "status"))
        .col(flag("is_operator"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .take();
    let roles = Table::create()
        .table("roles")
        .col(id())
        .col(uuid("project_id"))
        .col(text(manager, "name"))
        .col(optional_text("built_in"))
        .col(nullable(json("permissions")))
        .col(flag("is_masked"))
        .col(version())
        .col(time("created_at"))
        .col(time("updated_at"))
        .foreign_key(&mut reference_everywhere("roles", "project_id", "projects"))
        .take();
    let memberships = Table::create()
        .table("memberships")
        .col(id())
        .col(uuid("project_id"))
        .col(uuid("member_id"))
        .col(number("number"))
        .col(uuid("role_id"))
        .col(nullable(json("tag_limits")))
        .col(text(manager, "origin"))
        .col(time("created_at"))
        .col(nullable(time("ended_at")))
        .foreign_key(&mut reference_everywhere("memberships", "project_id", "projects"))
        .foreign_key(&mut reference_everywhere("memberships", "member_id", "members"))
        .foreign_key(&mut reference_everywhere("memberships", "role_id", "roles"))
        .take();
    for table in [members, roles, memberships] {
        manager.create_table(table).await?;
    }
    Ok(())
}

/// How members sign in, and their sessions.
async fn create_sign_in(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let optional_text = |name| nullable(text(manager, name));
    let flag = |name| ColumnDef::new(name).boolean().not_null().default(false).take();
    let passwords = of_member("member_passwords")
        .col(uuid("member_id").primary_key().take())
        .col(text(manager, "hash"))
        .col(time("changed_at"))
        .take();
    let totps = of_member("member_totps")
        .col(uuid("member_id").primary_key().take())
        .col(bytes("secret"))
        .col(time("confirmed_at"))
        .col(number("last_step"))
        .take();
    let codes = of_member("member_recovery_codes")
        .col(uuid("member_id"))
        .col(bytes("hash"))
        .col(nullable(time("used_at")))
        .primary_key(Index::create().col("member_id").col("hash"))
        .take();
    let sessions = of_member("member_sessions")
        .col(id())
        .col(uuid("member_id"))
        .col(bytes("token_hash").unique_key().take())
        .col(text(manager, "method"))
        .col(optional_text("user_agent"))
        .col(optional_text("source"))
        .col(time("created_at"))
        .col(time("last_seen_at"))
        .col(time("authenticated_at"))
        .col(time("expires_at"))
        .col(nullable(time("ended_at")))
        .take();
    let links = Table::create()
        .table("member_links")
        .col(id())
        .col(bytes("token_hash").unique_key().take())
        .col(text(manager, "purpose"))
        .col(nullable(uuid("member_id")))
        .col(nullable(uuid("project_id")))
        .col(nullable(uuid("role_id")))
        .col(nullable(json("tag_limits")))
        .col(nullable(bytes("email")))
        .col(flag("is_operator"))
        .col(nullable(uuid("created_by")))
        .col(time("created_at"))
        .col(time("expires_at"))
        .col(nullable(time("used_at")))
        .take();
    let attempts = Table::create()
        .table("sign_in_attempts")
        .col(bytes("token_hash").primary_key().take())
        .col(text(manager, "kind"))
        .col(nullable(uuid("member_id")))
        .col(bytes("state"))
        .col(small_number("failures").default(0).take())
        .col(time("expires_at"))
        .take();
    let failures = Table::create()
        .table("sign_in_failures")
        .col(bytes("bucket").primary_key().take())
        .col(small_number("count"))
        .col(time("since"))
        .col(nullable(time("paused_until")))
        .take();
    for table in [passwords, totps, codes, sessions, links, attempts, failures] {
        manager.create_table(table).await?;
    }
    Ok(())
}
