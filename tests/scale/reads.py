"""Reads from the replica."""
import concurrent.futures
import os
import signal
import threading
import time

from client import FIND, Client, Failed
from programs import children, wait

WRITES, THREADS = 1000, 4


def own_writes(installation):
    """a client that writes at one server and reads at the other sees each of its writes"""
    installation.start()
    stale = threading.Semaphore(0)
    before = reads(installation)

    def part(index):
        one, other = installation.clients()[:: 1 if index % 2 else -1]
        missing, took, unsent = 0, 0.0, 0
        for number in range(WRITES // THREADS):
            ref_id = f"own-{index}-{number}"
            user, position = one.create(ref_id)
            if not position:
                raise SystemExit("the answer to a mutation has no position")
            if number % 10 == 0:
                # Without the position: for the figures.
                unsent += other.query(FIND, {"id": user})[0]["user"] is None
            began = time.monotonic()
            found = other.query(FIND, {"id": user}, position)[0]["user"]
            took += time.monotonic() - began
            missing += not found or found["refId"] != ref_id
        return missing, took, unsent

    with concurrent.futures.ThreadPoolExecutor(THREADS) as threads:
        parts = list(threads.map(part, range(THREADS)))
    missing, took, unsent = (sum(values) for values in zip(*parts))
    after = reads(installation)
    replica, primary = (after.get(key, 0) - before.get(key, 0) for key in ("replica", "primary"))
    print(f"   {WRITES} writes, {missing} not seen by the read that follows; {took / WRITES * 1000:.1f} ms each")
    print(f"   {replica} reads from the replica, {primary} from the primary; without a position {unsent} of {WRITES // 10} not seen")
    if missing or replica < WRITES // 2:
        raise SystemExit("a client did not see its own write, or did not read from the replica")


def reads(installation):
    total = {}
    for server in installation.servers:
        for key, value in server.reads().items():
            total[key] = total.get(key, 0) + value
    return total


def from_the_replica(installation):
    """`export` and a query read what the replica has, and a mutation what the primary has"""
    client = installation.clients()[0]
    wait("the replica has everything", lambda: caught_up(installation))
    before = len(client.users())
    installation.replica.sql("SELECT pg_wal_replay_pause()")
    try:
        wait("the replay is paused", lambda: installation.replica.sql("SELECT pg_get_wal_replay_pause_state()") == "paused")
        _, position = client.create("paused")
        export = installation.command(
            installation.file, "export", "--project", "Bank", "--log-level", "off", "--set", "read_max_lag_milliseconds=0"
        )
        exported = sum('"refId":"own-' in line for line in export.splitlines())
        if '"paused"' in export or exported != before:
            raise SystemExit(f"the export has {exported} users, and not the {before} of the replica:\n{export[-300:]}")
        # The position leads to the primary after read_wait_milliseconds.
        began = time.monotonic()
        data, _ = client.query("{ users { totalCount } }", None, position)
        print(f"   export: {exported} users of the replica; a read with a position: {data['users']['totalCount']} of the primary, "
              f"after {(time.monotonic() - began) * 1000:.0f} ms")
        if data["users"]["totalCount"] != before + 1:
            raise SystemExit("a read with a position did not go to the primary")
        # After read_max_lag_milliseconds every read does.
        took = wait("reads go to the primary", lambda: client.query("{ users { totalCount } }")[0]["users"]["totalCount"] == before + 1)
        print(f"   reads without one went to the primary {took:.1f} s later")
    finally:
        installation.replica.sql("SELECT pg_wal_replay_resume()")
    wait("the replica has everything", lambda: caught_up(installation))


def caught_up(installation):
    position = installation.primary.sql("SELECT pg_current_wal_lsn()")
    return installation.replica.sql(f"SELECT pg_last_wal_replay_lsn() >= '{position}'") == "t"


class Readers:
    """Clients that read all the time: how many answers there were, how many failed, and the slowest."""

    def __init__(self, installation):
        self.answers, self.failures, self.slowest = 0, [], 0.0
        self.ends, self.lock = threading.Event(), threading.Lock()
        ports = [server.port for server in installation.servers] * 2
        self.threads = [threading.Thread(target=self.run, args=(Client(port, installation.token),)) for port in ports]
        for thread in self.threads:
            thread.start()

    def run(self, client):
        while not self.ends.is_set():
            began = time.monotonic()
            try:
                client.query("{ users(first: 5) { edges { node { refId tags } } } }")
            except Failed as error:
                self.failures.append(str(error))
            with self.lock:
                self.answers += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
            self.ends.wait(0.01)

    def stop(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()


def without_the_replica(installation):
    """the replica stops, freezes and comes back, and no read fails"""
    installation.start()
    replica = installation.replica
    for name, away, back in (
        ("stopped", replica.stop, replica.start),
        ("frozen", lambda: signals(replica, signal.SIGSTOP), lambda: signals(replica, signal.SIGCONT)),
    ):
        lines = {text: count(installation, text) for text in ("replica unavailable", "replica available again")}
        readers = Readers(installation)
        time.sleep(0.5)
        away()
        took = wait("the servers notice", lambda: count(installation, "replica unavailable") >= lines["replica unavailable"] + 2)
        time.sleep(1)
        before = reads(installation)
        time.sleep(0.5)
        during = reads(installation)
        back()
        returned = wait("reads return", lambda: count(installation, "replica available again") >= lines["replica available again"] + 2)
        time.sleep(1)
        after = reads(installation)
        readers.stop()
        new = {text: count(installation, text) - was for text, was in lines.items()}
        print(f"   {name}: noticed after {took:.1f} s, back after {returned:.1f} s; {readers.answers} reads, {len(readers.failures)} failed, "
              f"slowest {readers.slowest * 1000:.0f} ms; log lines of two servers: {new}")
        if readers.failures or any(number != 2 for number in new.values()):
            raise SystemExit(f"reads failed, or the log has other lines: {readers.failures[:3]}")
        if during["replica"] != before["replica"] or after["replica"] <= during["replica"]:
            raise SystemExit(f"reads did not leave the replica and return: {before} {during} {after}")
        if readers.slowest > 3:
            raise SystemExit("a read waited for the replica")


def count(installation, text):
    return sum(len(server.lines(text)) for server in installation.servers)


def signals(server, number):
    pid = int((server.data / "postmaster.pid").read_text().split()[0])
    for process in [pid, *children(pid)]:
        os.kill(process, number)
