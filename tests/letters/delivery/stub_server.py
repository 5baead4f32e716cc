"""A small SMTP server on 127.0.0.1 that keeps what it takes and can misbehave (RFC 5321)."""

import socket
import threading
from contextlib import contextmanager


class StubServer:
    def __init__(self, misbehave=""):
        self.misbehave = misbehave
        self.messages = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        # A plain close does not wake a thread that waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as stream:
                try:
                    self._talk(stream)
                except OSError:
                    continue

    def _talk(self, stream):
        def say(text):
            stream.write(text.encode() + b"\r\n")
            stream.flush()

        say("220 stub")
        while command := stream.readline():
            verb = command[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                say("250 stub")
            elif verb == b"RCPT" and self.misbehave == "refuse address":
                say("550 no such person")
            elif verb == b"DATA":
                say("354 go on")
                body = []
                while (row := stream.readline()) not in (b".\r\n", b""):
                    body.append(row.removeprefix(b".") if row.startswith(b"..") else row)
                if self.misbehave == "refuse message":
                    say("554 no")
                    continue
                self.messages.append(b"".join(body))
                if self.misbehave == "hang up":
                    return
                say("250 taken")
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


@contextmanager
def stub_server(misbehave=""):
    server = StubServer(misbehave)
    try:
        yield server
    finally:
        server.close()
