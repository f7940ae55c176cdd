"""Mutations that are acknowledged, beside the bare commits of the database."""

import contextlib
import json
import sqlite3
import subprocess
import time

from . import load

CREATE = """mutation ($input: CreateUserInput!) { createUser(input: $input) {
  __typename ... on CreateUserSuccessPayload { user { id number } } } }"""
START = """mutation ($id: ID!) { startIdentification(input: { userId: $id, process: Expert }) {
  __typename ... on StartIdentificationSuccessPayload { identification { id status } } } }"""
UPDATE = """mutation ($id: ID!) { updateIdentification(input: { identificationId: $id, levels: { expert: Pending } }) {
  __typename ... on UpdateIdentificationSuccessPayload { identification { id status } } } }"""
GRANT = """mutation ($id: ID!) {
  first: grantVerificationLevel(input: { userId: $id, levelId: "%s", reason: "benchmark" }) { __typename }
  second: grantVerificationLevel(input: { userId: $id, levelId: "%s", reason: "benchmark" }) { __typename } }"""
PERSON = {
    "firstName": "Anna Maria",
    "lastName": "Eriksson",
    "birthDate": "1974-08-12",
    "nationalityCCA3": "FRA",
    "verifiedEmails": ["anna@example.com"],
}


def measure(installation, seconds):
    """Mutations a second, and their share of the bare commits."""
    bare = commits(installation, seconds)
    results = {"bare commits": {"per_second": bare}}
    print(f"| bare commits | {bare:.0f} | |", flush=True)
    users = [(user, "") for user, in installation.database.rows(
        "SELECT u.id FROM users u JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' AND u.status = 'Active' "
        "ORDER BY random() LIMIT 20000")]
    levels = installation.database.rows(
        "SELECT l.id, l.name FROM verification_levels l JOIN projects p ON p.id = l.project_id WHERE p.name = 'Demo' LIMIT 2")
    # A grant of the level that a user has is refused.
    below = [(user, "") for user, in installation.database.rows(
        "SELECT u.id FROM users u JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' AND u.status = 'Active' "
        "AND COALESCE((SELECT l.name FROM verifications v JOIN verification_levels l ON l.id = v.current_level_id "
        f"WHERE v.user_id = u.id ORDER BY v.step DESC LIMIT 1), '') <> '{levels[0][1]}' ORDER BY random() LIMIT 20000")]
    kinds = [
        ("createUser", CREATE, {"input": PERSON}, [("", "")], 1),
        ("startIdentification", START, {"id": "@VALUE@"}, users, 1),
        ("updateIdentification", UPDATE, {"id": "@VALUE@"}, None, 1),
        ("grantVerificationLevel", GRANT % (levels[0][0], levels[1][0]), {"id": "@VALUE@"}, below, 2),
    ]
    for name, query, variables, values, of_request in kinds:
        if values is None:
            values = [(row, "") for row, in installation.database.rows(
                "SELECT i.id FROM identifications i JOIN projects p ON p.id = i.project_id WHERE p.name = 'Demo' "
                "AND i.status = 'Started' LIMIT 50000")]
        body = json.dumps({"query": query, "variables": variables})
        check(installation, name, body.replace("@VALUE@", values[-1][0]))
        url = f"http://{installation.server}/graphql"
        result = load.run(installation, url, installation.server_id, body, values, seconds, in_order=True)
        result["per_second"] *= of_request
        result["share"] = result["per_second"] / bare
        results[name] = result
        print(
            f"| {name} | {result['per_second']:.0f} | {result['share']:.2f} | {result['p50_ms']:.2f} | "
            f"{result['p95_ms']:.2f} | {result['p99_ms']:.2f} | {result['cpu_us']:.0f} | "
            f"{result['database_cpu_us']:.0f} | {result['memory_mib']:.0f} | {result['failed']:.0f} |",
            flush=True,
        )
    return results


def check(installation, name, body):
    """A mutation that is refused would be fast."""
    answer = installation.post("/graphql", body)
    results = (answer.get("data") or {}).values()
    if "errors" in answer or any("Rejection" in result["__typename"] for result in results):
        raise SystemExit(f"the server refuses {name}: {answer}")


def commits(installation, seconds):
    """Transactions a second of one row each, by sixteen writers, without the server."""
    database = installation.database
    if hasattr(database, "programs"):
        database.rows("CREATE TABLE bare (id bigserial PRIMARY KEY, content text)")
        script = installation.work / "bare.sql"
        script.write_text("INSERT INTO bare (content) VALUES (repeat('x', 200));\n")
        command = [f"{database.programs}/pgbench", "-n", "-c16", "-j1", "-M", "prepared", f"-T{seconds}", "-f", script,
                   "-h", "127.0.0.1", "-p", str(database.port), "-U", "verigraph", "postgres"]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        database.rows("DROP TABLE bare")
        return float(next(line for line in output.splitlines() if line.startswith("tps")).split()[2])
    return sqlite_commits(installation.work / "bare.db", seconds)


def sqlite_commits(file, seconds):
    """One writer, with the settings of the server: SQLite has one at a time."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, content TEXT)")
        began, many = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            connection.execute("INSERT INTO bare (content) VALUES (?)", ("x" * 200,))
            many += 1
        return many / (time.monotonic() - began)
