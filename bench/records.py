"""Answers of other systems, one item a line: proofing requests, and a tenth as many identifications, five of a user."""

import json
import sys

many, directory = int(sys.argv[1]), sys.argv[2]
with open(f"{directory}/idproofing.ndjson", "w") as file:
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
        print(json.dumps(request), file=file)
with open(f"{directory}/swan.ndjson", "w") as file:
    for place in range(many // 50):
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
        print(json.dumps(user), file=file)
