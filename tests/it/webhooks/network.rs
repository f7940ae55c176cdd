//! A network failure between the server and PostgreSQL: events recorded meanwhile are delivered afterwards.

use std::time::{Duration, Instant};

use tokio::sync::watch;
use uuid::Uuid;
use verigraph::{
    db::{Pools, Store},
    event::{
        Kind,
        store::{NewEvent, record},
    },
    webhook::Worker,
};

use super::{Receiver, settings, subscribe};
use crate::{
    harness::{Cluster, Db, Network, Proxy, TestApp},
    subscriptions::{Client, EVENTS},
};

const POOLS: Pools =
    Pools { connections: 4, wait: Duration::from_secs(1), statement: Duration::from_secs(1) };
/// Maximum time after the network works again until everything has arrived.
const BOUND: Duration = Duration::from_secs(30);

/// Records an event over a direct connection to the database.
async fn record_event(direct: &Store, app: &TestApp, resource: Uuid) {
    let transaction = direct.begin().await.unwrap();
    let (project, kind) = (app.project, Kind::UserCreated);
    let happened = NewEvent { project, kind, resource, user: None, detail: None, version: None };
    record(&transaction, &app.clock, happened).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_and_subscriptions_miss_no_event_of_a_network_outage() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let url = cluster.database("deliveries").await;
    let direct = Store::open(&url, POOLS).await.unwrap();
    let (proxy, behind) = Proxy::to(&url).await;
    let app = TestApp::on(Db::Postgres, &behind, settings(), POOLS, tempfile::tempdir().unwrap()).await;
    let receiver = Receiver::start().await;
    subscribe(&app, &app.token, &receiver.url, "").await;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(Worker::new(&app.app.services, &settings().webhooks).run(stopped));
    let served = app.serve(&settings()).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("events", EVENTS).await;
    for (number, network) in
        [Network::Pass, Network::Stall, Network::Silence, Network::Reset, Network::HalfOpen]
            .into_iter()
            .enumerate()
    {
        let resources = [0, 1].map(|it| Uuid::from_u128(u128::try_from(number).unwrap() * 2 + it + 1));
        proxy.set(network);
        record_event(&direct, &app, resources[0]).await;
        // The network fails while statements are running, which then exceed their time limit.
        tokio::time::sleep(Duration::from_secs(3)).await;
        record_event(&direct, &app, resources[1]).await;
        proxy.set(Network::Pass);
        let started = Instant::now();
        for resource in resources {
            let event = tokio::time::timeout(BOUND, client.next_data("events")).await;
            let event = event.unwrap_or_else(|_| panic!("{network:?}: the subscription misses {resource}"));
            assert_eq!(event["event"]["resourceId"], resource.to_string(), "{network:?}");
        }
        let mut arrived = Vec::new();
        while arrived.len() < resources.len() {
            assert!(started.elapsed() < BOUND, "{network:?}: only {arrived:?} arrived");
            tokio::time::sleep(Duration::from_millis(100)).await;
            for it in receiver.take() {
                // An event may arrive twice, because its response was not recorded.
                if !arrived.contains(&it.resource()) {
                    arrived.push(it.resource());
                }
            }
            arrived.retain(|resource| resources.contains(resource));
        }
    }
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(10), worker).await.unwrap().unwrap();
}
