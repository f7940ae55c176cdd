"""A primary, its replica, a pooler and two servers."""
import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request

from client import Client
from programs import ROOT, SECONDS, Pooler, Postgres, Server, Work, check, other_user

PERMISSIONS = "USERS:VIEW,USERS:EDIT,USERS:PERSONAL"


class Installation:
    """Everything that runs."""

    def __init__(self, binary):
        self.binary, self.work = binary, Work()
        try:
            self.pgbouncer = self.pooler_command()
            self.primary = Postgres(self.work, "primary")
            self.replica = Postgres(self.work, "replica", self.primary)
            self.pooler = Pooler(self.work, self.pgbouncer, "pooler", self.primary)
        except BaseException:
            self.work.stop()
            raise
        self.servers, self.token = [], None

    def pooler_command(self):
        command = subprocess.run([ROOT / "tests/scale/pgbouncer"], stdout=subprocess.PIPE, text=True, check=False)
        if command.returncode:
            raise SystemExit(1)
        command, files = command.stdout.strip(), ROOT / "target/pgbouncer/files"
        if str(files) in command and other_user():
            # The other user may not be able to read the directory of this clone.
            copy = self.work.path / "pgbouncer"
            shutil.copytree(files, copy, symlinks=True)
            command = command.replace(str(files), str(copy))
        return command.split()

    def settings(self, name, database, **others):
        """A file of settings for a database, as docs/scale.md has them."""
        settings = {
            "data_dir": str(self.work.path / name),
            "database_url": self.pooler.url(database),
            "database_pooler": True,
            "hints_database_url": self.primary.url(database),
            "read_database_url": self.replica.url(database),
        } | others
        file = self.work.path / f"{name}.toml"
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in settings.items() if value is not None)
        file.write_text("".join(lines))
        return file

    def command(self, settings, *arguments):
        """What a command of the program prints, whether it succeeds or not."""
        done = subprocess.run(
            [self.binary, "--config", settings, *arguments], cwd=self.work.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=SECONDS, check=False,
        )
        return done.stdout

    def start(self):
        """Starts two servers on one database, and gets a token."""
        if self.servers:
            return
        self.primary.sql("CREATE DATABASE scale")
        self.file = self.settings("data", "scale")
        check([self.binary, "--config", self.file, "project", "create", "Bank"], cwd=self.work.path)
        words = check(
            [self.binary, "--config", self.file, "credential", "create", "--project", "Bank", "--label", "Test", "--permissions",
             PERMISSIONS],
            cwd=self.work.path,
        )
        value = lambda label: words.split(label)[1].split()[0]  # noqa: E731
        self.servers = [Server(self.work, self.binary, name, self.file) for name in ("one", "two")]
        form = {"grant_type": "client_credentials", "client_id": value("client id:"), "client_secret": value("client secret:")}
        url = f"http://127.0.0.1:{self.servers[0].port}/oauth2/token"
        with urllib.request.urlopen(url, urllib.parse.urlencode(form).encode(), timeout=SECONDS) as response:
            self.token = json.load(response)["access_token"]

    def clients(self):
        """A client of each server."""
        self.start()
        return [Client(server.port, self.token) for server in self.servers]

    def stop(self):
        if os.environ.get("KEEP_LOGS"):
            for server in self.servers:
                shutil.copy(server.file, os.environ["KEEP_LOGS"])
        self.work.stop()
