use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::column::{
    bytes, drop_tables, index, json, nullable, number, objects_of_projects, reference, reference_everywhere,
    sequence, small_number, text, time, unique_index, uuid,
};

const EVENTS: &str = "events";
const SUBSCRIPTIONS: &str = "webhook_subscriptions";
const DELIVERIES: &str = "webhook_deliveries";

/// Events, webhook subscriptions, and deliveries.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut events = Table::create()
            .table(EVENTS)
            // The database increments the number: two events of one object are inserted one after the other,
            // because the object is locked, so the numbers give their order. Ids of the same millisecond do
            // not.
            .col(sequence(manager, "sequence"))
            .col(uuid("id"))
            .col(uuid("project_id"))
            .col(text(manager, "kind"))
            .col(uuid("resource_id"))
            .col(nullable(uuid("user_id")))
            .col(nullable(json("detail")))
            .col(nullable(small_number("version")))
            .col(time("created_at"))
            // No foreign key to the user: PostgreSQL would take a weak lock on its row for it, and a
            // transaction that then locks the row for a grant would wait for others that do the same.
            .foreign_key(&mut reference_everywhere(EVENTS, "project_id", "projects"))
            .take();
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            events.primary_key(Index::create().col("sequence").col("project_id"));
        }
        let subscriptions = objects_of_projects(SUBSCRIPTIONS)
            .col(text(manager, "label"))
            .col(text(manager, "endpoint"))
            .col(text(manager, "body_kind"))
            .col(json("event_types"))
            .col(text(manager, "status"))
            .col(bytes("secret"))
            .col(nullable(bytes("previous_secret")))
            .col(nullable(time("previous_secret_until")))
            .col(small_number("consecutive_failures"))
            .col(nullable(time("failing_since")))
            .col(nullable(time("paused_until")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .take();
        let deliveries = objects_of_projects(DELIVERIES)
            .col(uuid("subscription_id"))
            .col(uuid("event_id"))
            .col(number("event_sequence"))
            .col(text(manager, "event_type"))
            .col(uuid("resource_id"))
            .col(text(manager, "status"))
            .col(small_number("attempts"))
            .col(nullable(time("next_attempt_at")))
            .col(nullable(time("leased_until")))
            .col(nullable(time("last_attempt_at")))
            .col(nullable(small_number("last_status_code")))
            .col(nullable(small_number("last_duration")))
            .col(nullable(text(manager, "last_error")))
            .col(time("created_at"))
            .foreign_key(&mut reference(DELIVERIES, "subscription_id", SUBSCRIPTIONS))
            .take();
        for table in [events, subscriptions, deliveries] {
            manager.create_table(table).await?;
        }
        manager.create_index(unique_index("events_by_id", EVENTS, ["id", "project_id"])).await?;
        // An event is delivered to a subscription once only. The event is the first column, because it is
        // deleted once no delivery refers to it.
        let once = unique_index(
            "webhook_deliveries_once",
            DELIVERIES,
            ["event_id", "subscription_id", "project_id"],
        );
        manager.create_index(once).await?;
        for index in [
            index("events_by_resource", EVENTS, ["resource_id", "sequence"]),
            // For deleting old events.
            index("events_by_creation", EVENTS, ["project_id", "created_at"]),
            index("webhook_subscriptions_by_creation", SUBSCRIPTIONS, ["project_id", "created_at", "id"]),
            // For whether a subscription has due deliveries; and for reading them, in order.
            index("webhook_deliveries_due", DELIVERIES, ["subscription_id", "status", "next_attempt_at"]),
            index("webhook_deliveries_in_order", DELIVERIES, ["subscription_id", "status", "event_sequence"]),
            // For deleting old completed deliveries.
            index("webhook_deliveries_over", DELIVERIES, ["project_id", "status", "last_attempt_at", "id"]),
            // For the delivery log of the project and of a subscription.
            index("webhook_deliveries_by_creation", DELIVERIES, ["project_id", "created_at", "id"]),
            index("webhook_deliveries_of_subscription", DELIVERIES, ["subscription_id", "created_at", "id"]),
        ] {
            manager.create_index(index).await?;
        }
        // For earlier deliveries of the same object.
        let before = ["subscription_id", "resource_id", "status", "event_sequence"];
        manager.create_index(index("webhook_deliveries_before", DELIVERIES, before)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, [DELIVERIES, SUBSCRIPTIONS, EVENTS]).await
    }
}
