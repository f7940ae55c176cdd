"""Walks to the thousandth page of proofing requests. Prints the cursor before it, and what its row is ordered by."""

import datetime
import json
import os
import urllib.request

QUERY = """query ($after: String) {
  proofingRequests(first: 100, after: $after, filters: { deviceCheckResult: ALLOW, state: COMPLETE }) {
    edges { node { id requestTime } } pageInfo { endCursor hasNextPage } } }"""

after, last = None, None
for _ in range(999):
    body = json.dumps({"query": QUERY, "variables": {"after": after}}).encode()
    head = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["TOKEN"]}
    with urllib.request.urlopen(urllib.request.Request(os.environ["URL"], body, head)) as answer:
        page = json.load(answer)["data"]["proofingRequests"]
    after, last = page["pageInfo"]["endCursor"], page["edges"][-1]["node"]
    if not page["pageInfo"]["hasNextPage"]:
        break
at = datetime.datetime.fromisoformat(last["requestTime"].replace("Z", "+00:00"))
print(after, round(at.timestamp() * 1000), last["id"])
