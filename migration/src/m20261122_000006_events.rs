use sea_orm_migration::prelude::*;

use crate::column::{bytes, counted, id, index, json, nullable, reference, text, time, uuid};

const EVENTS: &str = "events";
const SUBSCRIPTIONS: &str = "webhook_subscriptions";
const DELIVERIES: &str = "webhook_deliveries";

/// Events, webhook subscriptions, and deliveries.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).integer().not_null().take();
        let events = Table::create()
            .table(EVENTS)
            // The database increments the number: two events of one object are inserted one after the other,
            // because the object is locked, so the numbers give their order. Ids of the same millisecond do
            // not.
            .col(counted(manager, "sequence"))
            .col(uuid("id"))
            .col(uuid("project_id"))
            .col(text(manager, "kind"))
            .col(uuid("resource_id"))
            .col(nullable(uuid("user_id")))
            .col(nullable(json("detail")))
            .col(time("created_at"))
            // No foreign key to the user: PostgreSQL would take a weak lock on its row for it, and a
            // transaction that then locks the row for a grant would wait for others that do the same.
            .foreign_key(&mut reference(EVENTS, "project_id", "projects"))
            .take();
        let subscriptions = Table::create()
            .table(SUBSCRIPTIONS)
            .col(id())
            .col(uuid("project_id"))
            .col(text(manager, "label"))
            .col(text(manager, "endpoint"))
            .col(text(manager, "body_kind"))
            .col(json("event_types"))
            .col(text(manager, "status"))
            .col(bytes("secret"))
            .col(nullable(bytes("previous_secret")))
            .col(nullable(time("previous_secret_until")))
            .col(number("consecutive_failures"))
            .col(nullable(time("failing_since")))
            .col(nullable(time("paused_until")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .foreign_key(&mut reference(SUBSCRIPTIONS, "project_id", "projects"))
            .take();
        let deliveries = Table::create()
            .table(DELIVERIES)
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("subscription_id"))
            .col(uuid("event_id"))
            .col(ColumnDef::new("event_sequence").big_integer().not_null())
            .col(text(manager, "event_type"))
            .col(uuid("resource_id"))
            .col(text(manager, "status"))
            .col(number("attempts"))
            .col(nullable(time("next_attempt_at")))
            .col(nullable(time("leased_until")))
            .col(nullable(time("last_attempt_at")))
            .col(nullable(number("last_status_code")))
            .col(nullable(number("last_duration")))
            .col(nullable(text(manager, "last_error")))
            .col(time("created_at"))
            .foreign_key(&mut reference(DELIVERIES, "project_id", "projects"))
            .foreign_key(&mut reference(DELIVERIES, "subscription_id", SUBSCRIPTIONS))
            .take();
        for table in [events, subscriptions] {
            manager.create_table(table).await?;
        }
        manager.create_index(index("events_by_id", EVENTS, ["id"]).unique().take()).await?;
        manager.create_index(index("events_by_resource", EVENTS, ["resource_id", "sequence"])).await?;
        manager
            .create_index(index(
                "webhook_subscriptions_by_creation",
                SUBSCRIPTIONS,
                ["project_id", "created_at", "id"],
            ))
            .await?;
        manager.create_table(deliveries).await?;
        // For deleting old events.
        manager.create_index(index("events_by_creation", EVENTS, ["created_at"])).await?;
        // An event is delivered to a subscription once only. The event is the first column, because it is
        // deleted once no delivery refers to it.
        let once =
            index("webhook_deliveries_once", DELIVERIES, ["event_id", "subscription_id"]).unique().take();
        manager.create_index(once).await?;
        for (name, columns) in [
            // For whether a subscription has due deliveries; and for reading them, in order.
            ("webhook_deliveries_due", ["subscription_id", "status", "next_attempt_at"]),
            ("webhook_deliveries_in_order", ["subscription_id", "status", "event_sequence"]),
            // For deleting old completed deliveries.
            ("webhook_deliveries_over", ["status", "last_attempt_at", "id"]),
            // For the delivery log of the project and of a subscription.
            ("webhook_deliveries_by_creation", ["project_id", "created_at", "id"]),
            ("webhook_deliveries_of_subscription", ["subscription_id", "created_at", "id"]),
        ] {
            manager.create_index(index(name, DELIVERIES, columns)).await?;
        }
        // For earlier deliveries of the same object.
        let before = ["subscription_id", "resource_id", "status", "event_sequence"];
        manager.create_index(index("webhook_deliveries_before", DELIVERIES, before)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [DELIVERIES, SUBSCRIPTIONS, EVENTS] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
