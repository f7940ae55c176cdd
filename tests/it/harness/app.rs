use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::Router;
use entity::Timestamp;
use metrics_exporter_prometheus::PrometheusBuilder;
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;
use verigraph::{
    auth::{self, Permissions},
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::RootKey,
    db::{DatabaseAddress, Pools, Store, migrate},
    graphql::document::Hash,
    http::{App, Explorer, router},
};

use super::{Db, plans, postgres};

/// Small pools, because many tests share one cluster.
pub const POOLS: Pools =
    Pools { connections: 4, wait: Duration::from_secs(30), statement: Duration::from_secs(30) };

/// 2026-01-15T12:00:00Z: the initial time of the test clock.
pub const NOW: Timestamp = Timestamp(1_768_478_400_000);

/// A server, its database and its clock.
pub struct TestApp {
    pub app: App,
    pub router: Router,
    pub store: Store,
    pub root: RootKey,
    pub clock: Clock,
    pub db: Db,
    /// The project that everything belongs to unless a test chooses another.
    pub project: Uuid,
    /// A credential of that project with every permission.
    pub credential: Uuid,
    /// A token of that credential with every permission.
    pub token: String,
    config: Config,
    /// The store of the server.
    server_store: Store,
    statements: Arc<Mutex<Vec<Statement>>>,
    directory: TempDir,
}

impl TestApp {
    /// A server on a new database, with the settings' defaults.
    pub async fn start(db: Db) -> Self {
        Self::start_with(db, Config::default()).await
    }

    /// A server on a new database, with these settings.
    pub async fn start_with(db: Db, config: Config) -> Self {
        Self::start_narrow(db, config, POOLS).await
    }

    /// A server on a new database, with pools of this size.
    pub async fn start_narrow(db: Db, config: Config, pools: Pools) -> Self {
        let directory =
            tempfile::Builder::new().prefix("verigraph").tempdir_in(postgres::fast_directory()).unwrap();
        let url = match db {
            Db::Sqlite => sqlite_copy(&directory).await,
            Db::Postgres => postgres::database().await,
        };
        Self::on(db, &url, config, pools, directory).await
    }

    /// A server on a migrated database.
    pub async fn on(db: Db, url: &str, config: Config, pools: Pools, directory: TempDir) -> Self {
        let config = Config { data_dir: directory.path().join("data"), ..config };
        let statements = Arc::new(Mutex::new(Vec::new()));
        let seen = statements.clone();
        let direct = postgres::direct(url);
        let (is_pooled, direct) = (direct.is_some(), direct.as_deref());
        let address = DatabaseAddress { is_pooled, direct, ..DatabaseAddress::new(url) };
        let store = Store::open_at(&address, pools).await.unwrap();
        let store = store.observed(move |info| seen.lock().unwrap().push(info.statement.clone()));
        let server_store = store.clone();
        let store = match db {
            Db::Postgres => plans::own_store(url, pools, &server_store).await,
            Db::Sqlite => store,
        };
        let clock = Clock::fixed(NOW);
        let root = RootKey::parse("dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=").unwrap();
        auth::ensure_signing_key(&store, &clock).await.unwrap();
        let app = server(&server_store, &root, &clock, &config);
        let (project, credential, token) = (Uuid::nil(), Uuid::nil(), String::new());
        let router = router(app.clone());
        let mut test = Self {
            app,
            router,
            store,
            root,
            clock,
            db,
            project,
            credential,
            token,
            config,
            server_store,
            statements,
            directory,
        };
        test.project = test.new_project().await;
        test.credential = test.credential(test.project, Permissions::all(), None).await.credential;
        test.token = test.token_of(test.credential, Permissions::all(), 3600).await;
        // The caller is cached from here on, so that statements of requests can be counted.
        test.query("{ viewer { permissions } }").await;
        test.take_statements();
        test
    }

    /// Restarts the server on the same database with other settings.
    pub fn restart_with(&mut self, config: Config) {
        self.config = Config { data_dir: self.config.data_dir.clone(), ..config };
        self.restart();
    }

    /// Restarts the server on the same database so that every statement panics.
    pub fn restart_broken(&mut self) {
        let store = self.store.clone().observed(|_| panic!("secret of the handler"));
        self.app = server(&store, &self.root, &self.clock, &self.config);
        self.router = router(self.app.clone());
    }

    /// Restarts the server on the same database so that its explorer starts with this token, as in a demo.
    pub fn restart_as_demo(&mut self, token: &str) {
        let explorer = Explorer { token: Some(token.to_owned()), ..Explorer::default() };
        self.app = server_with(&self.store, &self.root, &self.clock, &self.config, explorer);
        self.router = router(self.app.clone());
    }

    /// The same, with accounts that sign in by one click.
    pub fn restart_as_demo_of(&mut self, token: &str, members: Vec<(String, Uuid)>) {
        let token = Some(token.to_owned());
        let explorer = Explorer { token, demo_members: members.into(), ..Explorer::default() };
        self.app = server_with(&self.store, &self.root, &self.clock, &self.config, explorer);
        self.router = router(self.app.clone());
    }

    /// Restarts the server on the same database with these documents of the dashboard.
    pub fn restart_with_documents<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let documents = texts.into_iter().map(|text| (Hash::of(text).to_string(), text.to_owned())).collect();
        let explorer = Explorer { documents, ..Explorer::default() };
        self.app = server_with(&self.store, &self.root, &self.clock, &self.config, explorer);
        self.router = router(self.app.clone());
    }

    /// The values of a table's columns of texts and bytes.
    pub async fn cells(&self, table: &str) -> Vec<Vec<u8>> {
        let sql = format!("SELECT * FROM {table}");
        let statement = Statement::from_string(self.store.dialect().backend(), sql);
        let rows = self.store.write().query_all_raw(statement).await.unwrap();
        let mut cells = Vec::new();
        for row in rows {
            for column in row.column_names() {
                let text = row.try_get::<Option<String>>("", &column).ok().flatten();
                let bytes = row.try_get::<Option<Vec<u8>>>("", &column).ok().flatten();
                let json = row.try_get::<Option<serde_json::Value>>("", &column).ok().flatten();
                cells.extend(text.map(String::into_bytes));
                cells.extend(bytes);
                cells.extend(json.map(|json| json.to_string().into_bytes()));
            }
        }
        cells
    }

    /// Restarts the server on the same database, with empty caches.
    pub fn restart(&mut self) {
        let store = if plans::log().is_some() { &self.server_store } else { &self.store };
        self.app = server(store, &self.root, &self.clock, &self.config);
        self.router = router(self.app.clone());
    }

    /// The directory of the server's files, including the SQLite database.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// The data directory of the server.
    pub fn data_dir(&self) -> &std::path::Path {
        &self.config.data_dir
    }

    /// The statements since the last call, without those that only control a transaction.
    pub fn take_statements(&self) -> Vec<String> {
        self.take_bound_statements().into_iter().map(|statement| statement.sql).collect()
    }

    /// The same, with their bound values.
    pub fn take_bound_statements(&self) -> Vec<Statement> {
        std::mem::take(&mut self.statements.lock().unwrap())
    }
}

fn server(store: &Store, root: &RootKey, clock: &Clock, config: &Config) -> App {
    server_with(store, root, clock, config, Explorer::default())
}

fn server_with(store: &Store, root: &RootKey, clock: &Clock, config: &Config, explorer: Explorer) -> App {
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    let images = Images::in_directory(&config.data_dir.join("images"));
    App::new(store.clone(), root.clone(), clock.clone(), config, metrics, explorer, images)
}

async fn sqlite_copy(directory: &TempDir) -> String {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(|| async {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("template.db");
        let store = Store::open(&format!("sqlite://{}", path.display()), POOLS).await.unwrap();
        migrate::up(&store).await.unwrap();
        // Closing the last connection writes the log back into the file.
        store.close().await;
        std::fs::read(path).unwrap()
    });
    let path = directory.path().join("test.db");
    std::fs::write(&path, template.await).unwrap();
    format!("sqlite://{}", path.display())
}
