#!/usr/bin/env python3
"""Reads the plans that auto_explain wrote to a server's log, and prints each statement of verigraph that reads more than
one partition of a table and is not allowed to, or that sets the project of a row. Fails if there is one.

Usage: plans.py LOG..."""

import json
import re
import sys

# Statements that read all projects, each bounded and rare: a piece of its text, and the reason.
ALLOWED = {
    'FROM "projects" INNER JOIN "identifications"': "the timer: due changes of all projects, at most 100",
    'FROM "webhook_subscriptions" INNER JOIN "projects"': "the webhook worker: subscriptions with a due delivery",
    'FROM "events" WHERE "events"."sequence"': "the event feed: at most 1000 numbers or 100 events after a position",
    'FROM "retention_policies" ORDER BY': "the timer: retention policies of all projects, at most five each",
    "status = 'Erased'": "the start: erased users, 1000 at a time, compared with the ledger",
}

PARTITION = re.compile(r"^(.*)_p[0-3]$")


def messages(log):
    """Yields the application and the text of each message: lines that begin with a tab continue it."""
    application, lines = None, []
    for line in log:
        if line.startswith("\t"):
            lines.append(line[1:])
            continue
        if application:
            yield application, "".join(lines)
        application, _, rest = line.partition("|")
        lines = [rest]
    if application:
        yield application, "".join(lines)


def plans(log):
    for application, text in messages(log):
        if application == "verigraph" and "plan:" in text:
            yield json.loads(text[text.index("{"):])


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def tables(plan):
    """The partitions that a plan reads, by table and alias."""
    read = {}
    for node in nodes(plan):
        found = PARTITION.match(node.get("Relation Name", ""))
        if found:
            alias = re.sub(r"_\d+$", "", node.get("Alias", ""))
            read.setdefault((found[1], alias), set()).add(node["Relation Name"])
    return read


def update_sets_project(text):
    found = re.match(r'UPDATE "\w+" SET (.*?)(?: WHERE |$)', text, re.S)
    return bool(found) and '"project_id" =' in found[1]


def faults(plan):
    text = plan.get("Query Text", "")
    if any(piece in text for piece in ALLOWED):
        return []
    found = [f"reads {len(read)} partitions of {table}" for (table, _), read in tables(plan["Plan"]).items() if len(read) > 1]
    if update_sets_project(text):
        found.append("sets project_id")
    return found


def main():
    seen, found = 0, {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", errors="replace") as log:
            for plan in plans(log):
                seen += 1
                for fault in faults(plan):
                    found.setdefault(re.sub(r"\$\d+", "$", plan["Query Text"]), fault)
    for text, fault in sorted(found.items()):
        print(f"{fault}: {text}")
    print(f"{seen} plans read, {len(found)} statements read more than one project's node")
    if seen == 0:
        print("no plan was found: auto_explain was not loaded")
    sys.exit(1 if found or not seen else 0)


if __name__ == "__main__":
    main()
