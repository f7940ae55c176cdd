"""Queries with values chosen at random, each beside the ceiling, whose answer is compared first."""

import datetime
import json
import pathlib

from . import load

QUERIES = pathlib.Path(__file__).resolve().parents[1] / "queries"
FIXED = [("", "")]
REST = {
    "limit": 100,
    "searchByAttributes": [
        {"name": "deviceCheckResult", "operator": "EQUALS", "value": "ALLOW"},
        {"name": "state", "operator": "EQUALS", "value": "COMPLETE"},
    ],
}


def measure(installation, seconds, only):
    """A table of the queries, and their shares of the ceiling's requests a second."""
    results = {}
    for name, path, body, beside, values in queries(installation):
        if only and name not in only:
            continue
        if beside:
            compare(installation, name, path, body, beside, values)
        sides = [("ours", installation.server, path, installation.server_id)]
        if beside:
            sides.append(("ceiling", installation.ceiling, beside, installation.ceiling_id))
        # Twice each, one after the other, so that a slow moment of the machine meets both.
        measured = {side: [] for side, *_ in sides}
        for turn in range(3):
            for side, address, where, process in sides:
                took = 1 if turn == 0 else max(1, seconds // 2)
                ids = values if side == "ceiling" else [(value, "") for value, _ in values]
                result = load.run(installation, f"http://{address}{where}", process, body, ids, took, seed=turn)
                if turn > 0:
                    measured[side].append(result)
        results[name] = {side: mean(runs) for side, runs in measured.items()}
        if beside:
            results[name]["share"] = results[name]["ours"]["per_second"] / results[name]["ceiling"]["per_second"]
        show(name, results[name])
    return results


def mean(runs):
    return {name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}


def show(name, result):
    for side in ("ours", "ceiling"):
        if side in result:
            row = result[side]
            share = f"{result['share']:.2f}" if side == "ours" and "share" in result else ""
            print(
                f"| {name}, {side} | {row['per_second']:.0f} | {share} | {row['p50_ms']:.2f} | {row['p95_ms']:.2f} | "
                f"{row['p99_ms']:.2f} | {row['cpu_us']:.0f} | {row['database_cpu_us']:.0f} | {row['memory_mib']:.0f} | "
                f"{row['failed']:.0f} |",
                flush=True,
            )


def compare(installation, name, path, body, beside, values):
    """Compares the answers to some of the values byte for byte, but for cursors of the REST list."""
    for value, query in values[:: max(1, len(values) // 20)]:
        ours = installation.post(path, body.replace("@VALUE@", value))
        theirs = installation.post(beside + query, "", installation.ceiling)
        ours, theirs = (json.dumps({**answer, "paging": None}) for answer in (ours, theirs))
        if ours != theirs:
            raise SystemExit(f"the ceiling answers {name} otherwise for {value}:\n{ours[:600]}\n{theirs[:600]}")


def queries(installation):
    """Name, path, body, path on the ceiling, and pairs of a value and the ceiling's query string."""
    rows = installation.database.rows
    users = rows("SELECT u.id, u.number FROM users u JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' "
                 "AND EXISTS (SELECT 1 FROM identifications i WHERE i.project_id = u.project_id AND i.user_id = u.id) "
                 "ORDER BY random() LIMIT 5000")
    clients = rows("SELECT DISTINCT u.number FROM verifications v JOIN users u ON u.project_id = v.project_id "
                   "AND u.id = v.user_id JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' LIMIT 5000")
    ids = [(user, f"?id={user}") for user, _ in users]
    in_text = graph("user").replace("query User($id: String!)", "query User").replace("id: $id", 'id: \\"@VALUE@\\"')
    yield "user", "/graphql", graph("user", id="@VALUE@"), "/user", ids
    yield "user, id in the text", "/graphql", in_text, "/user", ids
    pages = positions(installation, "users", "updatedAt", 50, 0, 200)
    yield "users", "/graphql", graph("users", after="@VALUE@"), "/users", pages
    yield "proofings", "/graphql", graph("proofings"), "/proofings", FIXED
    yield "proofings with total", "/graphql", graph("proofings-total"), "/proofings-total", FIXED
    deep = positions(installation, "proofings", "requestTime", 100, 350, 450)
    yield "proofings, page 400", "/graphql", graph("proofings", after="@VALUE@"), "/proofings", deep
    numbers = [(number, f"?number={number}") for number, in clients]
    history = graph("history", number="@VALUE@").replace('"@VALUE@"', "@VALUE@")
    yield "history", "/graphql", history, "/history", numbers
    yield "REST list", "/api/web/v1/idproofing", json.dumps(REST), "/rest", FIXED
    # What opening sealed names costs, beside the same list without them.
    yield "100 users without names", "/graphql", graph("plain"), None, FIXED
    yield "100 users with names", "/graphql", graph("names"), None, FIXED


def graph(name, **variables):
    return json.dumps({"query": (QUERIES / f"{name}.graphql").read_text(), "variables": variables})


def positions(installation, name, time, size, first, last):
    """Cursors of pages of a list, and what their rows are ordered by. Of a short list the second half of its pages."""
    fields = {"users": "users(first: %d, after: $after)", "proofings": "proofingRequests(first: %d, after: $after, "
              "filters: { deviceCheckResult: ALLOW, state: COMPLETE })"}[name] % size
    query = f"query ($after: String) {{ page: {fields} {{ edges {{ node {{ id {time} }} }} pageInfo {{ endCursor hasNextPage }} }} }}"
    after, found = None, []
    for _ in range(last):
        page = installation.ask(query, after=after)["page"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after, node = page["pageInfo"]["endCursor"], page["edges"][-1]["node"]
        at = datetime.datetime.fromisoformat(node[time].replace("Z", "+00:00"))
        found.append((after, f"?time={round(at.timestamp() * 1000)}&id={node['id']}"))
    if len(found) < 2:
        raise SystemExit(f"too few rows of {name}: at least three pages of {size} are needed")
    return found[first:] or found[len(found) // 2 :]
