use std::{
    future::Future,
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use clap::Args;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{
    net::{TcpListener, lookup_host},
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::Instant,
};

use super::{
    demo::public_credentials,
    logging::start_log,
    member::set_up_link,
    open::{Installation, StatementTimeout, open},
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::{
    config::Config,
    db::{OpenError, Store},
    http::{App, Explorer, ExplorerTab, router, server},
    timer::Timer,
    webhook::Worker,
};

/// Histogram bucket bounds for the durations of requests and statements, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Warning for a database that a demo has used.
pub const DEMO_DATA: &str = "this database contains the demo's credentials, whose secrets are public: use another \
                             --data-dir, or revoke each with `verigraph credential revoke`";
/// Time left for workers and the database when requests used up the whole shutdown time.
const LAST: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on, such as 0.0.0.0:8080, localhost:8080, or a port on this machine [default:
    /// 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Serve {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[("listen", self.listen)])?;
        start_log(&config);
        let listener = bind(&config).await?;
        let opened = open(&config, StatementTimeout::Request).await?;
        warn_of_demo(&opened.store).await?;
        let set_up_link = set_up_link(&opened, &config).await?;
        let title = "Who am I?".to_owned();
        let query = "query Viewer {\n  viewer {\n    project { name }\n    permissions\n  }\n}\n".to_owned();
        let tabs = vec![ExplorerTab { title, query, variables: None }];
        let app = app(opened, &config, Explorer { tabs, ..Explorer::default() })?;
        tracing::info!(address = %listener.local_addr()?, "serving");
        if let Some(link) = set_up_link {
            say(format!(
                "This installation has no members yet. Create the first within an hour (or get another link \
                 with `verigraph member set-up-link`):\n  {link}"
            ))?;
        }
        run(app, listener, &config).await
    }
}

/// Warns if a demo has used this database, because its secrets are public.
async fn warn_of_demo(store: &Store) -> Outcome {
    let public = public_credentials(store).await.map_err(OpenError::Database)?;
    if !public.is_empty() {
        tracing::warn!(credentials = public.join(" "), "{DEMO_DATA}");
    }
    Ok(())
}

/// The addresses to listen on. A host name can have several.
pub async fn addresses(config: &Config) -> Outcome<Vec<SocketAddr>> {
    let listen = &config.listen;
    let found = lookup_host((listen.host(), listen.port())).await.map_err(|error| {
        let host = listen.host();
        Failure::new(format!(
            "cannot listen on {listen}: host name `{host}` cannot be resolved ({error}): write an address \
             such as 127.0.0.1:{} with --listen",
            listen.port()
        ))
    })?;
    let mut found: Vec<_> = found.collect();
    // The first address is reported to clients: prefer IPv4.
    found.sort_by_key(SocketAddr::is_ipv6);
    Ok(found)
}

/// Listens on the configured address. An error says how to fix it.
pub async fn bind(config: &Config) -> Outcome<TcpListener> {
    TcpListener::bind(&*addresses(config).await?).await.map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "stop the process that uses this address, or choose another with --listen"
            }
            std::io::ErrorKind::PermissionDenied => "choose a port above 1023 with --listen",
            _ => "choose an address of this machine with --listen",
        };
        Failure::new(format!("cannot listen on {}: {error}: {advice}", config.listen))
    })
}

/// Assembles the server, with metrics for every statement.
pub fn app(opened: Installation, config: &Config, explorer: Explorer) -> Outcome<App> {
    let metrics = start_metrics()?;
    let store = opened.store.observed(|info| {
        let failed = if info.failed { "true" } else { "false" };
        metrics::histogram!("verigraph_statement_seconds", "failed" => failed).record(info.elapsed);
    });
    Ok(App::new(store, opened.root, opened.clock, config, metrics, explorer, opened.images))
}

/// Serves until the process is asked to stop.
pub async fn run(app: App, listener: TcpListener, config: &Config) -> Outcome {
    let stop = told_to_stop()?;
    let (stop_worker, worker_stops) = watch::channel(false);
    let worker = Worker::new(&app.services, &config.webhooks);
    let worker = config.webhooks.worker.then(|| tokio::spawn(worker.run(worker_stops.clone())));
    let timer = tokio::spawn(Timer::new(&app.services).run(worker_stops));
    let following = app.clocks.follow(&app.store);
    let hub = app.hub.clone();
    let grace = Duration::from_secs(config.shutdown_seconds);
    let end = Arc::new(OnceLock::new());
    let deadline = end.clone();
    let stop = async move {
        stop.await;
        let _ = deadline.set(Instant::now() + grace);
        let _ = stop_worker.send(true);
        hub.stop();
    };
    server::serve(listener, router(app.clone()), config, stop).await;
    let end = end.get().copied().unwrap_or_else(Instant::now).max(Instant::now() + LAST);
    let closed = async {
        app.close_sockets(grace).await;
        // The worker records what it was sending. What it had not started is due for the next process.
        if let Some(worker) = worker {
            let _ = worker.await;
        }
        let _ = timer.await;
        drop(following);
        app.store.close().await;
        app.ledger.close().await;
    };
    if tokio::time::timeout_at(end, closed).await.is_err() {
        tracing::warn!("stopped at the shutdown timeout: the database rolls back uncommitted work");
    }
    Ok(())
}

fn start_metrics() -> Outcome<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| Failure::new(format!("failed to set up metrics: {error}")))
}

/// Waits for Ctrl-C or the signal that service managers send.
fn told_to_stop() -> Outcome<impl Future<Output = ()>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
