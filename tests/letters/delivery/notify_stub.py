"""GOV.UK Notify on 127.0.0.1, as far as we use it: it checks tokens, keeps and can misbehave."""

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SERVICE = "a1b2c3d4-0000-4000-8000-000000000001"
SECRET = "a1b2c3d4-0000-4000-8000-000000000002"
KEY = f"rightsdesk-{SERVICE}-{SECRET}"


def _decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        stub = self.server.stub
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        claims = self._claims()
        if claims is None or stub.misbehave == "forbid":
            return self._say(403, {"errors": [{"message": "Invalid token"}]})
        if stub.misbehave == "limit":
            return self._say(429, {"errors": [{"message": "Exceeded rate limit"}]})
        if stub.misbehave == "refuse":
            return self._say(400, {"errors": [{"message": body.get("email_address")}]})
        if stub.misbehave == "broken":
            return self._say(500, {})
        number = f"0000-{len(stub.sent) + 1}"
        kind = self.path.rpartition("/")[2]
        stub.sent.append({"id": number, "type": kind, "status": "created", "claims": claims} | body)
        if stub.misbehave == "broken after":
            return self._say(502, {})
        if stub.misbehave == "hang up":
            return self.connection.close()
        return self._say(201, {"id": number, "reference": body["reference"]})

    def do_GET(self):
        stub = self.server.stub
        if self._claims() is None:
            return self._say(403, {})
        if stub.misbehave == "blind":
            return self._say(503, {})
        wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
        rows = [row for row in stub.sent if row["reference"] == wanted]
        return self._say(200, {"notifications": rows, "links": {}})

    def _claims(self):
        head, claims, signed = self.headers["Authorization"].removeprefix("Bearer ").split(".")
        expected = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
        good = json.loads(_decoded(head)) == {"typ": "JWT", "alg": "HS256"}
        return json.loads(_decoded(claims)) if good and _decoded(signed) == expected else None

    def _say(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


class NotifyStub:
    def __init__(self):
        self.misbehave = ""
        self.sent = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.stub = self
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def notify_stub():
    stub = NotifyStub()
    thread = threading.Thread(target=stub.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.server.shutdown()
        stub.server.server_close()
        thread.join()
