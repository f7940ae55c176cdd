"""Subscriptions over WebSockets: how long after its cause a message arrives."""

import asyncio
import base64
import json
import os
import struct
import time

SUBSCRIPTION = "subscription ($id: ID) { identificationUpdated(userId: $id) { id user { id } } }"
START = "mutation ($id: ID!) { startIdentification(input: { userId: $id, process: Expert }) { __typename } }"


class Socket:
    """As much of RFC 6455 as a client of short text messages needs."""

    @classmethod
    async def open(cls, address, token):
        self = cls()
        host, port = address.split(":")
        self.reader, self.writer = await asyncio.open_connection(host, int(port))
        key = base64.b64encode(os.urandom(16)).decode()
        self.writer.write(
            f"GET /graphql HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise SystemExit(f"no socket: {head.decode(errors='replace')}")
        self.send({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        if (await self.receive())["type"] != "connection_ack":
            raise SystemExit("the server does not acknowledge a socket")
        return self

    def send(self, message):
        data = json.dumps(message).encode()
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        # Masked with zeros: the content stays as it is.
        self.writer.write(b"\x81" + length + bytes(4) + data)

    async def receive(self):
        while True:
            head = await self.reader.readexactly(2)
            length = head[1] & 0x7F
            if length == 126:
                length = struct.unpack(">H", await self.reader.readexactly(2))[0]
            data = await self.reader.readexactly(length)
            kind = head[0] & 0x0F
            if kind == 8:
                raise SystemExit(f"the server closed a socket: {data[2:].decode(errors='replace')}")
            if kind == 1:
                message = json.loads(data)
                if message["type"] != "ping":
                    return message
                self.send({"type": "pong"})


def measure(installation, sockets, per_second, seconds):
    """Each socket waits for one user; identifications of random ones of them are started at a steady rate."""
    users = installation.database.rows(
        "SELECT u.id FROM users u JOIN projects p ON p.id = u.project_id WHERE p.name = 'Demo' AND u.status = 'Active' "
        f"ORDER BY random() LIMIT {sockets}")
    result = asyncio.run(run(installation, [user for user, in users], per_second, seconds))
    print(f"subscriptions: {len(users)} sockets, {result['sent']} changes in {seconds} s: "
          f"p50 {result['p50_ms']:.1f} ms, p99 {result['p99_ms']:.1f} ms, {result['lost']} lost", flush=True)
    return result


async def run(installation, users, per_second, seconds):
    began, delays = {user: [] for user in users}, []
    opened = []

    async def listen(user):
        socket = await Socket.open(installation.server, installation.token)
        socket.send({"id": "1", "type": "subscribe", "payload": {"query": SUBSCRIPTION, "variables": {"id": user}}})
        opened.append(socket)
        while True:
            message = await socket.receive()
            if message["type"] == "next":
                # A change of another part may have ended only now.
                if began[user]:
                    delays.append(time.monotonic() - began[user].pop(0))
            elif message["type"] != "pong":
                raise SystemExit(f"a subscription ended: {message}")

    listeners = [asyncio.create_task(listen(user)) for user in users]
    while len(opened) < len(users):
        await asyncio.sleep(0.05)
        ended = [task for task in listeners if task.done()]
        if ended:
            ended[0].result()
    await asyncio.sleep(1)
    sent, threads = 0, asyncio.Semaphore(16)

    async def change(user):
        async with threads:
            began[user].append(time.monotonic())
            await asyncio.to_thread(installation.ask, START, id=user)

    start, changes = time.monotonic(), []
    while time.monotonic() - start < seconds:
        if sent < (time.monotonic() - start) * per_second:
            changes.append(asyncio.create_task(change(users[(sent * 7919) % len(users)])))
            sent += 1
        else:
            await asyncio.sleep(0.002)
    await asyncio.gather(*changes)
    await asyncio.sleep(2)
    for task in listeners:
        task.cancel()
    delays.sort()
    place = lambda share: delays[min(len(delays) - 1, int(len(delays) * share))] * 1000 if delays else float("nan")
    return {"sockets": len(users), "sent": sent, "lost": sent - len(delays), "p50_ms": place(0.5), "p99_ms": place(0.99)}
