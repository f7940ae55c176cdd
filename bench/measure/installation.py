"""A throwaway installation that is measured: its database, the server, and the ceiling beside it."""

import contextlib
import glob
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "target" / os.environ.get("PROFILE", "release")
HZ = os.sysconf("SC_CLK_TCK")


def as_other(*command):
    """PostgreSQL refuses to run as root."""
    other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*other, *map(str, command)], check=True, cwd="/", stdout=subprocess.DEVNULL)


def ticks(process):
    """Processor time of a process, in seconds. Nothing for one that has ended meanwhile."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / HZ


def memory(process, name):
    """`VmRSS` or `VmHWM`, the peak, in MiB."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024


class Cluster:
    """A throwaway PostgreSQL."""

    port = 5599

    def __init__(self, work):
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.directory = work / "pg"
        self.directory.mkdir()
        if os.getuid() == 0:
            work.chmod(0o755)
            shutil.chown(self.directory, "postgres")
        data = self.directory / "data"
        as_other(f"{self.programs}/initdb", "-A", "trust", "-U", "verigraph", "-E", "UTF8", "--locale=C.UTF-8", "-D", data)
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.directory} -c shared_buffers=1GB"
        as_other(f"{self.programs}/pg_ctl", "-D", data, "-w", "-l", self.directory / "log", "-o", options, "start")
        self.url = f"postgres://verigraph@127.0.0.1:{self.port}/postgres"

    def rows(self, sql):
        command = ["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "verigraph", "-AtF", "\t", "postgres", "-c", sql]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [line.split("\t") for line in output.splitlines()]

    def settle(self):
        self.rows("VACUUM ANALYZE")

    def cpu(self):
        found = subprocess.run(["pgrep", "-f", f"{self.directory}|postgres: verigraph"], capture_output=True, text=True)
        return sum(ticks(process) for process in found.stdout.split())

    def stop(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            as_other(f"{self.programs}/pg_ctl", "-D", self.directory / "data", "-m", "immediate", "stop")


class File:
    """An SQLite file: its processor time is the server's."""

    def __init__(self, work):
        self.url = str(work / "demo" / "verigraph.db")

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(f"file:{self.url}?mode=ro", uri=True)) as connection:
            return [[as_text(value) for value in row] for row in connection.execute(sql)]

    def settle(self):
        with contextlib.closing(sqlite3.connect(self.url)) as connection:
            connection.execute("ANALYZE")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def cpu(self):
        return 0

    def stop(self):
        pass


def as_text(value):
    """Ids are 16 bytes."""
    if isinstance(value, bytes):
        digits = value.hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return str(value)


class Installation:
    """The demo with more data, served, and the ceiling on the same database."""

    server, ceiling = "127.0.0.1:8199", "127.0.0.1:8198"

    def __init__(self, database, sizes):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="verigraph-bench."))
        self.processes = []
        self.database = Cluster(self.work) if database == "postgres" else File(self.work)
        of_database = ["--database-url", self.database.url] if database == "postgres" else []
        self.options = ["--data-dir", self.work / "demo", *of_database]
        self.began = {}
        self.server_id = self.serve("demo", "--users", sizes["users"])
        began = time.monotonic()
        rows = {"--proofing-requests": sizes["proofings"], "--verifications": sizes["verifications"]}
        self.command("seed", "--project", "Demo", "--users", 0, *(part for row in rows.items() for part in row))
        self.seed_per_second = sum(rows.values()) / (time.monotonic() - began)
        self.database.settle()
        # Measured is a server that serves, not the filling of its database.
        self.filling_peak = memory(self.server_id, "VmHWM")
        self.restart()
        self.ceiling_id = self.start("ceiling", self.database.url, self.ceiling)
        demo = (self.work / "demo" / "demo.json").read_text()
        self.token = re.search(r'"token": "([^"]+)"', demo)[1]
        self.demo = json.loads(demo)
        self.wait(f"http://{self.ceiling}/", any_answer=True)

    def serve(self, *command):
        process = self.start("verigraph", *command, "--listen", self.server, *self.options)
        self.wait(f"http://{self.server}/readyz")
        return process

    def restart(self):
        """Ends the server and starts it again. Seconds until its first answer."""
        process = next(process for process in self.processes if process.pid == self.server_id)
        process.terminate()
        process.wait()
        self.processes.remove(process)
        began = time.monotonic()
        self.server_id = self.serve("serve")
        return time.monotonic() - began

    def start(self, program, *arguments):
        log = (self.work / f"{program}.log").open("a")
        # All sockets of the benchmark are those of one credential, all connections come from one address, and webhooks go
        # to this machine.
        environment = dict(os.environ, VERIGRAPH_LIMITS__SOCKETS_PER_CREDENTIAL="1024", VERIGRAPH_LIMITS__CONNECTIONS_PER_ADDRESS="0",
                           VERIGRAPH_WEBHOOKS__ALLOW_PRIVATE="true")
        command = [PROGRAMS / program, *map(str, arguments)]
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        self.processes.append(process)
        return process.pid

    def command(self, *arguments):
        command = [PROGRAMS / "verigraph", *map(str, [*arguments, *self.options, "--log-level", "warn"])]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def wait(self, url, any_answer=False):
        while True:
            ended = [process for process in self.processes if process.poll() is not None]
            if ended:
                raise SystemExit(f"{ended[0].args[0]} ended: see its log:\n" + self.logs())
            try:
                urllib.request.urlopen(url)
                return
            except urllib.error.HTTPError:
                if any_answer:
                    return
            except OSError:
                pass
            time.sleep(0.05)

    def logs(self):
        return "\n".join(file.read_text()[-2000:] for file in self.work.glob("*.log"))

    def post(self, path, body, address=None):
        """The answer of the server, or of the ceiling."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(f"http://{address or self.server}{path}", body.encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def ask(self, query, **variables):
        body = self.post("/graphql", json.dumps({"query": query, "variables": variables}))
        if "errors" in body:
            raise SystemExit(f"the server refuses a query of the benchmark: {body['errors']}")
        return body["data"]

    def stop(self):
        for process in self.processes:
            process.kill()
        self.database.stop()
        shutil.rmtree(self.work, ignore_errors=True)
