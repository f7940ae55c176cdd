use std::{
    fs,
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use super::postgres::{as_user, directory, started};

/// The variable with the command that runs `PgBouncer`. `make test-scale` sets it, to run tests on PostgreSQL
/// through a pooler in transaction mode.
const COMMAND: &str = "TEST_PGBOUNCER";

/// Whether the tests run through a pooler.
pub fn is_used() -> bool {
    std::env::var_os(COMMAND).is_some()
}

/// Starts `PgBouncer` in front of a server, if the tests are to run through it, and returns its port. It ends
/// with this process.
pub fn start(server: u16) -> Option<u16> {
    let command = std::env::var(COMMAND).ok()?;
    let (directory, user) = directory();
    // The directory is needed for as long as the process runs; the shell removes it.
    let directory = directory.keep();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let file = directory.join("pgbouncer.ini");
    // Stores that a test opens itself send `options`, which go nowhere.
    let settings = format!(
        "[databases]\n* = host=127.0.0.1 port={server} user=verigraph\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
         listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n\
         max_prepared_statements = 200\nignore_startup_parameters = extra_float_digits, options\n\
         default_pool_size = 8\nmax_client_conn = 2000\nserver_idle_timeout = 5\n"
    );
    fs::write(&file, settings).unwrap();
    let script = "directory=$1; shift; \"$@\" \"$directory/pgbouncer.ini\" 2>/dev/null & \
                  pid=$!; echo started; read -r _; kill -QUIT $pid; wait; rm -rf \"$directory\"";
    let mut shell = as_user(user, "sh".as_ref());
    shell.args(["-c", script, "sh"]).arg(&directory).args(command.split(' '));
    // Its standard input closes when this process ends.
    std::mem::forget(started(&mut shell));
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(started.elapsed() < Duration::from_secs(10), "PgBouncer did not come up: {command}");
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(port)
}
