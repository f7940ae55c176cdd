"""Searches by name in a project with an index of names: how long each takes, one after the other."""

import base64
import gzip
import http.client
import itertools
import json
import random
import re
import statistics
import subprocess
import time
import unicodedata
import urllib.request

from .installation import PROGRAMS

SEARCHES = 200
#: No search of a million users may take longer.
SLOWEST_MS = 500
#: Different last and first names. A name is as frequent as its rank says; the most frequent is that of about 1 in 100, as in
#: countries that publish theirs.
LAST, FIRST = (100_000, 10), (5_000, 20)
SYLLABLES = (
    "an be ca da el fa ga ho in jo ka la me no or pe qui ro sa te ul va we xe yo zu sch mü ñe ça lé ø gå ił şe đo bra cle dri flo gri kla "
    "mar ner ost pri rös ste tro ver wal zé ber din hof lin mann rey son ton vic"
).split()
WITH_ONE_WORD, WITH_TWO, BEGINNING, PLAIN = "one word", "two words", "a beginning", "without accents"


def measure(installation, many):
    """Adds users of random names to a project of their own, builds its index and searches for some of them."""
    chance = random.Random(1)
    firsts, lasts = names(*FIRST), names(*LAST)
    people = [
        list(itertools.chain.from_iterable(chance.choices(pool, cum_weights=weights) for pool, weights in (firsts, lasts)))
        for _ in range(many)
    ]
    results = {"users": many, "import_per_second": add(installation, people)}
    client = Client(installation)
    results["build_seconds"] = build(client)
    installation.database.settle()
    texts = [text(chance, people, lasts[0]) for _ in range(SEARCHES)]
    query = page_query(installation)
    # The first of a kind prepares its statements.
    for kind in dict.fromkeys(kind for kind, _ in texts):
        search(client, query, next(text for of, text in texts if of == kind))
    taken = [(kind, *search(client, query, text)) for kind, text in texts]
    kinds = sorted({kind for kind, *_ in taken})
    results["searches"] = {"all": row(taken), **{kind: row([it for it in taken if it[0] == kind]) for kind in kinds}}
    print(f"names of {many} users: imported {results['import_per_second']:.0f} a second, indexed in {results['build_seconds']:.0f} s")
    print("| searches by | many | median ms | slowest ms | median of rows | without any |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind, of in results["searches"].items():
        print(f"| {kind} | {of['many']} | {of['median_ms']:.1f} | {of['slowest_ms']:.1f} | {of['rows']:.0f} | {of['none']} |", flush=True)
    return results


def names(many, shift):
    """Different names of two or three syllables, and how many people have one of them or one before it."""
    made = ("".join(parts).capitalize() for size in (2, 3) for parts in itertools.product(SYLLABLES, repeat=size))
    found = list(dict.fromkeys(made))
    random.Random(many).shuffle(found)
    return found[:many], list(itertools.accumulate(1 / (rank + shift) for rank in range(1, many + 1)))


def add(installation, people):
    """Imports them. Users a second."""
    installation.command("project", "create", "Names")
    file = installation.work / "names.ndjson"
    with file.open("w") as output:
        for place, (first, last) in enumerate(people):
            personal = {"firstName": first, "lastName": last, "birthDate": f"19{place % 100:02}-{place % 12 + 1:02}-{place % 28 + 1:02}"}
            print(json.dumps({"type": "user", "id": f"{place}", "refId": f"named-{place}", "personal": personal}), file=output)
    began = time.monotonic()
    installation.command("import", "--project", "Names", "--from", "verigraph", file)
    file.unlink()
    return len(people) / (time.monotonic() - began)


class Client:
    """A client of the project, whose requests are timed without the opening of a connection."""

    def __init__(self, installation):
        command = [PROGRAMS / "verigraph", "credential", "create", "--project", "Names", "--label", "names", *installation.options]
        output = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
        names = ("client id", "client secret")
        self.parts = ":".join(re.search(rf"{name}:\s+(\S+)", output)[1] for name in names)
        self.address = installation.server
        self.until = 0

    def headers(self):
        """A token is good for longer than a measurement takes, and not for the building of an index."""
        if time.monotonic() > self.until:
            basic = base64.b64encode(self.parts.encode()).decode()
            headers = {"Authorization": f"Basic {basic}"}
            request = urllib.request.Request(f"http://{self.address}/oauth2/token", b"grant_type=client_credentials", headers)
            with urllib.request.urlopen(request) as answer:
                self.token = json.load(answer)["access_token"]
            self.until = time.monotonic() + 60
        return {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}

    def ask(self, query, **variables):
        """The answer to a document, and the milliseconds until it was there."""
        headers = self.headers()
        body = json.dumps({"query": query, "variables": variables})
        connection = http.client.HTTPConnection(self.address)
        connection.connect()
        began = time.monotonic()
        connection.request("POST", "/graphql", body, headers)
        content = connection.getresponse().read()
        took = 1000 * (time.monotonic() - began)
        connection.close()
        return json.loads(content), took


def build(client):
    """Switches the index on. Seconds until the server has built it."""
    began = time.monotonic()
    answer, _ = client.ask("mutation { setNameSearch(input: { nameSearch: Index }) { __typename } }")
    if (answer.get("data") or {}).get("setNameSearch") != {"__typename": "SetNameSearchSuccessPayload"}:
        raise SystemExit(f"the index of names cannot be switched on: {answer}")
    while True:
        answer, _ = client.ask("{ viewer { settings { nameIndexPercent } } }")
        if answer["data"]["viewer"]["settings"]["nameIndexPercent"] == 100:
            return time.monotonic() - began
        time.sleep(0.5)


def page_query(installation):
    """What the page of users asks when a text is searched for."""
    request = urllib.request.Request(f"http://{installation.server}/dashboard/operations.json", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        content = answer.read()
    documents = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    return next(text for text in documents.values() if text.startswith("query UsersPageSearchQuery("))


def text(chance, people, lasts):
    """Half of the names are those of people, so frequent ones come often; the other half are any, so most are rare."""
    first, last = chance.choice(people)
    if chance.random() < 0.5:
        last = chance.choice(lasts)
    kind = chance.choice([WITH_ONE_WORD, WITH_TWO, BEGINNING, PLAIN])
    return kind, {
        WITH_ONE_WORD: last,
        WITH_TWO: f"{first} {last}",
        BEGINNING: last[:4],
        PLAIN: "".join(it for it in unicodedata.normalize("NFKD", last.upper()) if not unicodedata.combining(it)),
    }[kind]


def search(client, query, text):
    """Milliseconds, and the number of rows of the first page. A project may search 60 times in a minute."""
    while True:
        answer, took = client.ask(query, text=text, first=100, personal=True, masked=False, levels=True, grants=True)
        if "errors" not in answer:
            return took, len(answer["data"]["userSearch"]["users"]["edges"])
        if "too often" not in answer["errors"][0]["message"]:
            raise SystemExit(f"the server refuses a search: {answer['errors']}")
        time.sleep(1)


def row(taken):
    times = [took for _, took, _ in taken]
    found = [rows for _, _, rows in taken]
    return {
        "many": len(taken),
        "median_ms": statistics.median(times),
        "slowest_ms": max(times),
        "rows": statistics.median(found),
        "none": found.count(0),
    }
