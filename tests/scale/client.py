"""A client of the API that sees its own writes: it sends the position of its last answer."""
import http.client
import json
import threading

CREATE = """mutation($input: CreateUserInput!) { createUser(input: $input) {
  ... on CreateUserSuccessPayload { user { id refId } } ... on RefIdTakenRejection { message } } }"""
FIND = "query($id: String!) { user(id: $id) { refId firstName } }"
PAGE = "query($after: String) { users(first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { refId } } } }"
UPDATE = """mutation($input: UpdateUserInput!) { updateUser(input: $input) {
  ... on UpdateUserSuccessPayload { user { firstName } } } }"""


class Failed(Exception):
    """An answer that is no success."""


class Client:
    """One connection to one server."""

    def __init__(self, port, token):
        self.port, self.token, self.connection = port, token, None

    def send(self, method, path, body=None, position=None, timeout=30):
        """Gives the status, the body and the position of the answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if position:
            headers["x-verigraph-position"] = position
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            self.connection.request(method, path, json.dumps(body) if body else None, headers)
            response = self.connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.connection = None
            raise Failed(str(error)) from error
        return response.status, json.loads(text), response.headers.get("x-verigraph-position")

    def query(self, query, variables=None, position=None):
        """Gives the data and the position of an answer without errors."""
        status, body, position = self.send("POST", "/graphql", {"query": query, "variables": variables or {}}, position)
        if status != 200 or body.get("errors"):
            raise Failed(f"status {status}: {json.dumps(body)[:300]}")
        return body["data"], position

    def create(self, ref_id):
        """Creates a user, and gives its id and the position. A repetition of one that was created is a success."""
        tags = {"refId": ref_id, "firstName": "Ada", "lastName": "King", "tags": []}
        data, position = self.query(CREATE, {"input": tags})
        user = data["createUser"].get("user")
        return user["id"] if user else None, position

    def users(self):
        """The refIds of all users."""
        found, after = [], None
        while True:
            page = self.query(PAGE, {"after": after})[0]["users"]
            found += [edge["node"]["refId"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]


class Writers:
    """Threads that create users as fast as they can, and remember each that was acknowledged."""

    def __init__(self, ports, token, count=6):
        self.acknowledged, self.failures, self.ends = [], 0, threading.Event()
        self.lock = threading.Lock()
        self.threads = [
            threading.Thread(target=self.run, args=(index, Client(ports[index % len(ports)], token))) for index in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def run(self, index, client):
        number = 0
        while not self.ends.is_set():
            ref_id = f"writer-{index}-{number}"
            number += 1
            try:
                client.create(ref_id)
            except Failed:
                with self.lock:
                    self.failures += 1
                self.ends.wait(0.1)
            else:
                with self.lock:
                    self.acknowledged.append(ref_id)

    def stop(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()
