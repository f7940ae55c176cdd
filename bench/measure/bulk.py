"""Imports: records of another system a second, and the memory it takes."""

import json
import os
import subprocess
import time

from .installation import PROGRAMS


def measure(installation, many):
    """Imports proofing requests, and a tenth as many identifications, five of a user."""
    installation.command("project", "create", "Imported")
    results = {}
    for source, write, records in (("idproofing", proofings, many), ("swan", identifications, many // 10)):
        file = installation.work / f"{source}.ndjson"
        with file.open("w") as output:
            write(output, records)
        command = [PROGRAMS / "verigraph", "import", *installation.options, "--project", "Imported", "--from", source,
                   "--log-level", "warn", file]
        began = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"the import of {source} failed")
        took, memory = time.monotonic() - began, usage.ru_maxrss / 1024
        results[source] = {"per_second": records / took, "memory_mib": memory}
        print(f"import of {records} records ({source}): {records / took:.0f} a second, {memory:.0f} MiB", flush=True)
    return results


def proofings(output, many):
    for place in range(many):
        request = {
            "requestId": f"c0ffee00-0000-4000-8000-{place:012}",
            "requestTime": f"20{10 + place * 10 // many}-02-19T13:15:27Z",
            "state": "COMPLETE",
            "deviceCheckResult": "ALLOW",
            "frontImageClassified": True,
            "frontImageUploadTime": "2019-02-19T13:16:27Z",
            "documentAuthenticationResult": "PASSED",
            "faceMatch": True,
            "faceMatchScore": 91,
        }
        print(json.dumps(request), file=output)


def identifications(output, many):
    for place in range(many // 5):
        runs = [
            {
                "id": f"run-{place}-{run}",
                "process": "QES",
                "status": "Valid",
                "createdAt": "2023-11-29T08:15:25.978Z",
                "updatedAt": "2023-11-29T09:15:25.978Z",
                "levels": {"expert": {"status": "Valid"}, "qes": {"status": "Valid"}, "pvid": {}},
            }
            for run in range(5)
        ]
        user = {
            "id": f"0190b3a8-0000-7000-8000-{place:012}",
            "firstName": "Zo\u00eb",
            "lastName": f"Last {place}",
            "verifiedEmails": [f"user-{place}@example.com"],
            "identifications": {"edges": [{"node": run} for run in runs]},
        }
        print(json.dumps(user), file=output)
