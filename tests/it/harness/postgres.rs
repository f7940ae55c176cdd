use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, Database, Statement};
use tokio::sync::OnceCell;
use verigraph::db::{Store, migrate};

use super::{plans, pooler};

/// Maximum time for a cluster to start.
const PATIENCE: Duration = Duration::from_mins(1);
const TEMPLATE: &str = "verigraph_template";

/// A temporary PostgreSQL cluster, created with the installed programs. It ends with the process that started
/// it.
pub struct Cluster {
    directory: tempfile::TempDir,
    port: u16,
    /// A shell that stops the cluster once its standard input closes, however this process ends.
    keeper: Child,
    /// Whether the plans of statements are logged.
    is_explaining: bool,
}

static SHARED: LazyLock<Cluster> = LazyLock::new(|| match plans::log() {
    Some(log) => Cluster::start_explaining(Path::new(&log)),
    None => Cluster::start(),
});
static TEMPLATE_MADE: OnceCell<()> = OnceCell::const_new();
static POOLER: LazyLock<Option<u16>> = LazyLock::new(|| pooler::start(SHARED.port));
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The URL of a new database, a copy of the migrated template.
pub async fn database() -> String {
    let cluster = tokio::task::spawn_blocking(|| &*SHARED).await.unwrap();
    TEMPLATE_MADE.get_or_init(|| make_template(cluster)).await;
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    cluster.execute(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
    let pooler = tokio::task::spawn_blocking(|| *POOLER).await.unwrap();
    url(pooler.unwrap_or(cluster.port), &name)
}

/// The URL without the pooler, if this one leads to it.
pub fn direct(pooled: &str) -> Option<String> {
    if !pooler::is_used() || !pooled.starts_with("postgres") {
        return None;
    }
    let there = format!(":{}/", (*POOLER)?);
    pooled.contains(&there).then(|| pooled.replace(&there, &format!(":{}/", SHARED.port)))
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://verigraph@127.0.0.1:{port}/{database}")
}

async fn make_template(cluster: &Cluster) {
    let url = cluster.database(TEMPLATE).await;
    if cluster.is_explaining {
        plans::partition(&url).await;
    }
}

impl Cluster {
    /// Starts a cluster for one test, which may stop it.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// Starts a cluster that logs the plan of each statement, with its values, to this file.
    pub fn start_explaining(log: &Path) -> Self {
        Self::start_with(Some(log))
    }

    fn start_with(log: Option<&Path>) -> Self {
        let (directory, user) = directory();
        let data = directory.path().join("data");
        // This locale sorts unlike bytes, so a comparison that relies on byte order has to request it.
        let made = as_user(user, &program("initdb"))
            .args(["--auth=trust", "--username=verigraph", "--encoding=UTF8", "--no-sync"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "-D"])
            .arg(&data)
            .current_dir("/")
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        Self::run(directory, user, log)
    }

    /// Starts a streaming replica of this cluster.
    pub fn replica(&self) -> Self {
        let (directory, user) = directory();
        let copied = as_user(user, &program("pg_basebackup"))
            .args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "-d", &self.url("postgres")])
            .arg("-D")
            .arg(directory.path().join("data"))
            .current_dir("/")
            .output()
            .unwrap();
        assert!(copied.status.success(), "pg_basebackup failed: {}", String::from_utf8_lossy(&copied.stderr));
        Self::run(directory, user, None)
    }

    fn run(directory: tempfile::TempDir, user: Option<&str>, log: Option<&Path>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let keeper = keep(&directory.path().join("data"), port, user, log);
        let cluster = Self { keeper, directory, port, is_explaining: log.is_some() };
        cluster.wait();
        cluster
    }

    /// Creates a migrated database in this cluster.
    pub async fn database(&self, name: &str) -> String {
        self.execute(&format!("CREATE DATABASE {name}")).await;
        let store = Store::open(&self.url(name), super::app::POOLS).await.unwrap();
        migrate::up(&store).await.unwrap();
        store.close().await;
        self.url(name)
    }

    /// The URL of a database of this cluster.
    pub fn url(&self, database: &str) -> String {
        url(self.port, database)
    }

    /// Stops the cluster immediately, as a crash would; connections break.
    pub fn stop(&self) {
        self.control(&["stop", "-m", "immediate"]);
    }

    /// Starts the cluster again at the same address.
    pub fn restart(&self) {
        // A replica needs as many connections as its primary.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400",
            self.port
        );
        self.control(&["start", "-w", "-l", "/dev/null", "-o", &options]);
    }

    fn control(&self, arguments: &[&str]) {
        let data = self.directory.path().join("data");
        let mut command = as_user(other_user(), &program("pg_ctl"));
        let done =
            command.args(arguments).arg("-D").arg(data).current_dir("/").stdout(Stdio::null()).status();
        assert!(done.is_ok_and(|status| status.success()), "pg_ctl {arguments:?} failed");
    }

    fn wait(&self) {
        let started = Instant::now();
        let ready = || {
            let mut command = Command::new(program("pg_isready"));
            let status = command.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).status();
            status.is_ok_and(|status| status.success())
        };
        while !ready() {
            assert!(started.elapsed() < PATIENCE, "PostgreSQL did not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The text that a statement selects.
    pub async fn text(&self, sql: &str) -> String {
        let db = Database::connect(self.url("postgres")).await.unwrap();
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        db.close().await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    }

    /// Runs a statement as the administrator.
    pub async fn execute(&self, sql: &str) {
        let db = Database::connect(self.url("postgres")).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }
}

impl Drop for Cluster {
    /// Stops before the directory is deleted, because it contains the process id.
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        drop(self.keeper.wait());
    }
}

/// Runs the server under a shell that stops it when its own standard input is closed, which happens at the
/// latest when this process ends.
fn keep(data: &Path, port: u16, user: Option<&str>, log: Option<&Path>) -> Child {
    let script = "data=\"$1\" log=\"$3\"; \"$0\" -D \"$1\" -p \"$2\" -c listen_addresses=127.0.0.1 \
                  -c unix_socket_directories= -c max_connections=400 -c logging_collector=off \"${@:4}\" 2>\"$log\" & \
                  echo started; read -r _; \
                  kill -INT $(head -n 1 \"$data/postmaster.pid\") 2>/dev/null; wait; rm -rf \"${data%/data}\"";
    let explaining: &[&str] = if log.is_some() { &plans::SETTINGS } else { &[] };
    let mut keeper = as_user(user, Path::new("bash"));
    keeper
        .args(["-c", script])
        .arg(program("postgres"))
        .arg(data)
        .arg(port.to_string())
        .arg(log.unwrap_or(Path::new("/dev/null")))
        .args(explaining);
    started(&mut keeper)
}

/// Starts a shell and waits for the line that it writes. It ends when its standard input closes, at the latest with
/// this process.
pub(super) fn started(shell: &mut Command) -> Child {
    let shell = shell.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut shell = shell.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
    shell
}

/// A directory for a cluster, and the user that it belongs to.
pub(super) fn directory() -> (tempfile::TempDir, Option<&'static str>) {
    let directory = tempfile::Builder::new().prefix("verigraph-pg").tempdir_in(fast_directory()).unwrap();
    let user = other_user();
    if let Some(user) = user {
        let owned = Command::new("chown").arg(user).arg(directory.path()).status();
        assert!(
            owned.is_ok_and(|status| status.success()),
            "cannot give {} to {user}",
            directory.path().display()
        );
    }
    (directory, user)
}

/// PostgreSQL refuses to run as root.
fn other_user() -> Option<&'static str> {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    if id.trim_ascii() != b"0" {
        return None;
    }
    let exists =
        |user: &&&str| Command::new("id").arg(user).output().is_ok_and(|output| output.status.success());
    let user = ["postgres", "nobody"].iter().find(exists).copied();
    Some(user.expect("running as root, the tests need another user to run PostgreSQL as: postgres or nobody"))
}

pub(super) fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).arg(program);
    command
}

fn program(name: &str) -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = installed
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    let on_path = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).map(|directory| directory.join(name)).find(|path| path.is_file())
    };
    let found = found.pop().or_else(on_path);
    found.unwrap_or_else(|| panic!("the tests need PostgreSQL's `{name}`: apt-get install -y postgresql"))
}

/// A directory in memory where available: the tests do not depend on durability after a power failure.
pub fn fast_directory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if tempfile::tempfile_in(&memory).is_ok() { memory } else { std::env::temp_dir() }
}
