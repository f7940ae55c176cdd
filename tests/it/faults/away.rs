//! Every kind of network failure between the server and PostgreSQL: each wait ends, and the server recovers.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::sync::watch;
use verigraph::{config::Config, db::Pools, timer::Timer};

use super::{USERS, ask, recovered};
use crate::harness::{Cluster, Db, Network, NewUser, Proxy, TestApp};

const POOLS: Pools =
    Pools { connections: 4, wait: Duration::from_secs(1), statement: Duration::from_secs(1) };
/// Maximum time of a request with the default `limits.query_seconds`, with a margin for a busy machine.
const BOUND: Duration = Duration::from_secs(8);

const FAILING: [Network; 4] = [Network::Stall, Network::Silence, Network::Reset, Network::HalfOpen];

async fn behind_a_network() -> (Cluster, Proxy, TestApp) {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let (proxy, url) = Proxy::to(&cluster.database("away").await).await;
    let app = TestApp::on(Db::Postgres, &url, Config::default(), POOLS, tempfile::tempdir().unwrap()).await;
    app.user(NewUser { ref_id: Some("a"), ..NewUser::default() }).await;
    (cluster, proxy, app)
}

#[tokio::test]
async fn requests_fail_in_time_during_an_outage_and_succeed_soon_after_it() {
    let (_cluster, proxy, mut app) = behind_a_network().await;
    for network in FAILING {
        for is_known in [true, false] {
            if !is_known {
                // The token has to be looked up, which all requests of its credential wait for.
                app.restart();
            }
            proxy.set(network);
            let requests = (0..24).map(async |_| {
                let started = Instant::now();
                let answer = ask(&app, USERS).await;
                (answer, started.elapsed())
            });
            for (answer, took) in join_all(requests).await {
                let case = format!("{network:?}, known: {is_known}: {} {}", answer.status, answer.text);
                assert!(took < BOUND, "{took:?}, {case}");
                assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"), "{case}");
                let code = answer.code();
                assert!(["UNAVAILABLE", "TIMEOUT", "OVERLOADED"].contains(&code.as_str()), "{case}");
            }
            let answer = ask(&app, USERS).await;
            assert_eq!(answer.code(), "UNAVAILABLE", "{network:?}, known: {is_known}");
            let ready = app.get("/readyz", &[]).await;
            assert_eq!(ready.status, 503, "{network:?}: {}", ready.text);
            assert_eq!(app.get("/healthz", &[]).await.status, 200);
            proxy.set(Network::Pass);
            let started = Instant::now();
            recovered(&app).await;
            while ask(&app, USERS).await.json().get("errors").is_some() {
                assert!(started.elapsed() < Duration::from_secs(10), "{network:?}: not back");
            }
        }
    }
}

#[tokio::test]
async fn a_slow_network_causes_no_errors() {
    let (_cluster, proxy, app) = behind_a_network().await;
    proxy.set(Network::Latency(Duration::from_millis(50)));
    let answer = ask(&app, USERS).await;
    assert_eq!((answer.status.as_u16(), answer.json().get("errors")), (200, None));
}

#[tokio::test]
async fn the_timer_reports_an_outage_and_resumes_after_it() {
    let (_cluster, proxy, app) = behind_a_network().await;
    let (stop, stopped) = watch::channel(false);
    let timer = tokio::spawn(Timer::new(&app.app.services).run(stopped));
    proxy.set(Network::Stall);
    let started = Instant::now();
    while !app.get("/readyz", &[]).await.text.contains("the timer has been stalled") {
        assert!(started.elapsed() < Duration::from_secs(40), "nobody says it");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    proxy.set(Network::Pass);
    let started = Instant::now();
    while app.get("/readyz", &[]).await.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(15), "{}", app.get("/readyz", &[]).await.text);
    }
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(5), timer).await.unwrap().unwrap();
}
