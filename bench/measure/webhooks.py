"""Deliveries to a receiver on this machine."""

import asyncio
import threading
import time

PORT = 8197


class Receiver:
    """Answers every delivery at once, and counts them."""

    def __init__(self):
        self.received, self.last = 0, 0.0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self.run, args=(ready,), daemon=True).start()
        ready.wait()

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(asyncio.start_server(self.connection, "127.0.0.1", PORT))
        ready.set()
        self.loop.run_forever()

    async def connection(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(int(length.split(b":")[1]))
                self.received, self.last = self.received + 1, time.monotonic()
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def measure(installation, many=2000):
    """Deliveries a second of events that wait: the endpoint is disabled until all of them have happened."""
    receiver = Receiver()
    added = installation.ask(
        """mutation ($url: String!) { added: addWebhookSubscription(input: { label: "benchmark", endpoint: $url,
             eventTypes: ["*"] }) { __typename ... on WebhookSubscriptionSuccessPayload { webhookSubscription { id } } } }""",
        url=f"http://127.0.0.1:{PORT}/",
    )["added"]
    if "webhookSubscription" not in added:
        raise SystemExit(f"the server refuses a receiver on this machine: {added}")
    users = installation.database.rows(
        f"SELECT u.id FROM users u JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' AND u.status = 'Active' LIMIT {many}")
    began = time.monotonic()
    # As many root fields as the limits allow.
    for start in range(0, len(users), 10):
        fields = " ".join(
            f'f{place}: startIdentification(input: {{ userId: "{user}", process: Expert }}) {{ __typename }}'
            for place, (user,) in enumerate(users[start:start + 10]))
        installation.ask(f"mutation {{ {fields} }}")
    while receiver.received < len(users) and time.monotonic() - began < 120:
        time.sleep(0.05)
    per_second = receiver.received / (receiver.last - began)
    removed = """mutation ($id: ID!) { removeWebhookSubscription(input: { id: $id }) { __typename } }"""
    installation.ask(removed, id=added["webhookSubscription"]["id"])
    print(f"webhooks: {receiver.received} of {len(users)} deliveries, {per_second:.0f} a second from the first mutation on",
          flush=True)
    return {"delivered": receiver.received, "of": len(users), "per_second": per_second}
