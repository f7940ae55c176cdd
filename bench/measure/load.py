"""Requests of wrk, and what they cost."""

import os
import pathlib
import subprocess
import time

from .installation import memory, ticks

SCRIPT = pathlib.Path(__file__).with_name("load.lua")


def rest(installation, process):
    """Waits until a program and the database are idle: they still work on requests whose clients have disconnected."""

    def worked():
        return ticks(process) + installation.database.cpu()

    for _ in range(60):
        before = worked()
        time.sleep(0.2)
        if worked() - before < 0.04:
            return


def run(installation, url, process, body, values, seconds, connections=16, seed=1, in_order=False):
    """Asks with values chosen at random. Returns requests a second, percentiles, processor time and memory."""
    files = {"BODY": body, "VALUES": "".join(f"{value}\t{query}\n" for value, query in values)}
    environment = dict(os.environ, TOKEN=installation.token, SEED=str(seed), IN_ORDER=str(int(in_order)))
    for name, content in files.items():
        file = installation.work / name
        file.write_text(content)
        environment[name] = str(file)
    before, of_database = ticks(process), installation.database.cpu()
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", SCRIPT, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    line = next(line for line in output.splitlines() if line.startswith("RESULT"))
    requests, took, p50, p95, p99, failed = map(float, line.split()[1:])
    requests = max(requests, 1)
    result = {
        "per_second": requests / took,
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "cpu_us": (ticks(process) - before) * 1e6 / requests,
        "database_cpu_us": (installation.database.cpu() - of_database) * 1e6 / requests,
        "memory_mib": memory(process, "VmRSS"),
        "failed": failed,
    }
    rest(installation, process)
    return result
