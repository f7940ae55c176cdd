"""The programs of a run: PostgreSQL, PgBouncer and verigraph, each in a throwaway directory."""
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 60
USER = "verigraph"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(what, done, seconds=SECONDS):
    """Waits until `done()` is true, and gives how long it took."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"{what}: not within {seconds} seconds")
        time.sleep(0.02)
    return time.monotonic() - began


def other_user():
    """The user for programs that refuse to run as root."""
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("running as root, this needs another user for PostgreSQL: postgres or nobody")


def as_other(command, **options):
    user = other_user()
    if user:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return command, {"cwd": "/", **options}


def check(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout.strip()


def programs():
    """The directory of PostgreSQL's programs."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    if not initdb:
        raise SystemExit("this needs PostgreSQL: sudo apt-get install -y postgresql")
    return pathlib.Path(initdb).parent


def children(pid):
    """The processes that a process has started."""
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name of the program, in brackets, may contain anything.
            parent = file.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == str(pid):
            found.append(int(file.parent.name))
    return found


class Work:
    """A directory that is removed at the end, and everything that has to end before."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="verigraph-scale."))
        self.path.chmod(0o755)
        self.running = []

    def directory(self, name):
        path = self.path / name
        path.mkdir()
        user = other_user()
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)
        return path

    def stop(self):
        for program in reversed(self.running):
            program.stop()
        shutil.rmtree(self.path, ignore_errors=True)


class Postgres:
    """A primary, or the streaming replica of one."""

    def __init__(self, work, name, primary=None):
        self.bin, self.port = programs(), free_port()
        self.directory = work.directory(name)
        self.data = self.directory / "data"
        if primary:
            self.tool("pg_basebackup", "--write-recovery-conf", "--checkpoint=fast", "-d", primary.url("postgres"), "-D", self.data)
        else:
            self.tool("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "-D", self.data)
        self.start()
        work.running.append(self)

    def tool(self, name, *arguments):
        command, options = as_other([self.bin / name, *arguments])
        return check(command, **options)

    def start(self):
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        self.tool("pg_ctl", "start", "-w", "-D", self.data, "-l", self.directory / "log", "-o", settings)

    def stop(self, mode="immediate"):
        if (self.data / "postmaster.pid").exists():
            self.tool("pg_ctl", "stop", "-w", "-m", mode, "-D", self.data)

    def kill(self):
        """As when the machine loses its power."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        for process in [pid, *children(pid)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        (self.data / "postmaster.pid").unlink()

    def promote(self):
        self.tool("pg_ctl", "promote", "-w", "-D", self.data)

    def url(self, database, port=None):
        return f"postgres://{USER}@127.0.0.1:{port or self.port}/{database}"

    def sql(self, text, database="postgres"):
        return self.tool("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, self.url(database))


class Pooler:
    """PgBouncer in transaction mode, in front of one server."""

    def __init__(self, work, command, name, server, prepared=200, ignored="extra_float_digits"):
        self.port, self.directory, self.prepared, self.ignored = free_port(), work.directory(name), prepared, ignored
        self.file = self.directory / "pgbouncer.ini"
        self.configure(server)
        command, options = as_other([*command, self.file])
        self.log = open(self.directory / "output", "w")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, **options)
        work.running.append(self)
        wait("PgBouncer starts", self.listens)

    def listens(self):
        if self.process.poll() is not None:
            raise SystemExit(f"PgBouncer has ended:\n{(self.directory / 'output').read_text()}")
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def configure(self, server):
        self.server = server
        self.file.write_text(
            f"[databases]\n* = host=127.0.0.1 port={server.port} user={USER}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\nauth_type = any\n"
            f"admin_users = {USER}\npool_mode = transaction\nmax_prepared_statements = {self.prepared}\n"
            f"ignore_startup_parameters = {self.ignored}\ndefault_pool_size = 20\nmax_client_conn = 500\n"
            "server_login_retry = 1\n"
        )

    def console(self, command):
        return self.server.tool("psql", "-XAtq", "-c", command, self.url("pgbouncer"))

    def point_to(self, server):
        self.configure(server)
        self.console("RELOAD")

    def url(self, database):
        return self.server.url(database, self.port)

    def stop(self):
        # At once: from 1.23 on it would otherwise wait for its clients.
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Server:
    """A verigraph server. Several share a data directory, as operations.md prescribes."""

    def __init__(self, work, binary, name, settings):
        self.port, self.file = free_port(), work.path / f"{name}.log"
        self.log = open(self.file, "w")
        command = [binary, "--config", settings, "serve", "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, cwd=work.path, stdout=self.log, stderr=self.log)
        work.running.append(self)
        wait(f"{name} starts", self.is_ready)

    def is_ready(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the server has ended:\n{self.file.read_text()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return True
        except OSError:
            return False

    def lines(self, text):
        """The lines of the log that contain a text."""
        return [line for line in self.file.read_text().splitlines() if text in line]

    def reads(self):
        """How many reads went to which server."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as response:
            text = response.read().decode()
        lines = [line.split() for line in text.splitlines() if line.startswith("verigraph_reads_total")]
        return {key.split('"')[1]: int(float(value)) for key, value in lines}

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
