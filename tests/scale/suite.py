"""The suites of reads and writes that run against a demo, with the demo behind the pooler and on the replica."""
import json
import os
import subprocess

from programs import ROOT, USER, wait

TYPESCRIPT = ("http", "openapi", "webhook")


def test(installation):
    """the documentation's commands and the clients in TypeScript, through the pooler and the replica"""
    primary, replica = installation.primary, installation.replica
    modules = ROOT / "web/node_modules"
    if not modules.is_dir():
        raise SystemExit("web/node_modules is missing: run `make web`")
    # A change is on the replica before it is acknowledged, as these clients do not send positions.
    synchronous(primary, "*", "remote_apply")
    run(installation, "documentation", [ROOT / "tests/docs/run"], lambda file: {"DEMO_CONFIG": str(file), "BIN": installation.binary})
    for name in TYPESCRIPT:
        command = ["node", "--import", "tsx", "--test", f"test/{name}.test.ts"]
        run(installation, name, command, lambda _: {"SERVER_BIN": installation.binary})
    synchronous(primary, "", "on")
    # Sessions report what they did when they end. The clients in TypeScript ask for little that is in a table.
    wait("the documentation's reads are reported", lambda: scans(replica, "documentation") > 20, 10)
    for name in ("documentation", *TYPESCRIPT):
        print(f"   {name}: {scans(replica, name)} scans of tables on the replica")


def scans(replica, name):
    """How often tables were read. The check of the replica reads none."""
    return int(replica.sql("SELECT sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)) FROM pg_stat_user_tables", f"suite_{name}"))


def synchronous(primary, names, commit):
    for key, value in (("synchronous_standby_names", names), ("synchronous_commit", commit)):
        primary.sql(f"ALTER SYSTEM SET {key} = '{value}'")
    primary.sql("SELECT pg_reload_conf()")


def run(installation, name, command, others):
    database = f"suite_{name}"
    installation.primary.sql(f"CREATE DATABASE {database}")
    installation.primary.sql(f"ALTER ROLE {USER} IN DATABASE {database} SET statement_timeout = '3000ms'")
    file = installation.settings(database, database, data_dir=None)
    environment = os.environ | {"VERIGRAPH_CONFIG": str(file)} | others(file)
    done = subprocess.run(
        command, cwd=ROOT / "web", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode:
        raise SystemExit(f"{name} failed:\n" + "\n".join(lines[-60:]))
    shown = [line for line in lines if line.startswith(("# pass", "# fail", "ℹ pass", "ℹ fail"))] or lines[-1:]
    print(f"   {name}: {json.dumps(shown, ensure_ascii=False)}")
