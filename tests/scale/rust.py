"""The tests of the server on PostgreSQL, through the pooler."""
import os
import re
import subprocess

from programs import ROOT

# The tests of reads and writes. TESTS=all runs all of them, which takes some minutes more.
PARTS = ("credentials", "idempotency", "identification", "lifecycle", "sessions", "subscriptions", "verification")


def test(installation):
    """the tests of the server on PostgreSQL, each on a database behind the pooler"""
    listed = run("--list")
    names = re.findall(r"^(\S+Db__Postgres): test$", listed, re.M)
    if os.environ.get("TESTS") != "all":
        names = [name for name in names if name.startswith(PARTS)]
    if len(names) < 60:
        raise SystemExit(f"only {len(names)} tests were found:\n{listed[-2000:]}")
    said = run("--exact", *names, environment={"TEST_PGBOUNCER": " ".join(installation.pgbouncer)})
    result = re.search(r"^test result: .*", said, re.M)
    print("   " + (result.group() if result else said[-3000:]))
    if not result or " ok. " not in result.group() or f"{len(names)} passed" not in result.group():
        raise SystemExit(said[-6000:])


def run(*arguments, environment=None):
    command = ["cargo", "test", "--locked", "--quiet", "--test", "it", "--", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=1200, check=False,
    )
    return done.stdout
