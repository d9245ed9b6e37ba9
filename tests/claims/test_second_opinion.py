"""A model is asked over HTTP as the protocol says, and changes nothing."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from spinesafe import check_claims
from spinesafe.claims.second_opinion import SecondReader, with_second_opinion

UNSAFE = "Throw your painkillers in the bin; after our massage your back will not need them."


class Model(BaseHTTPRequestHandler):
    says: ClassVar[str] = '{"alert": "none", "note": "fine"}'
    asked: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        Model.asked.append((self.path, self.headers.get("Authorization"), json.loads(self.rfile.read(length))))
        body = json.dumps({"choices": [{"message": {"role": "assistant", "content": Model.says}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_opinion_stands_apart_and_lowers_nothing(url: str) -> None:
    report = with_second_opinion(check_claims(UNSAFE), SecondReader(url=url, model="small", key="word"))
    assert report.alert == "danger"
    assert report.second_opinion is not None
    assert (report.second_opinion.alert, report.second_opinion.note) == ("none", "fine")
    path, authorization, body = Model.asked[-1]
    assert (path, authorization, body["model"]) == ("/v1/chat/completions", "Bearer word", "small")
    assert UNSAFE in body["messages"][1]["content"]


@pytest.mark.parametrize("says", ["no JSON", '{"alert": "lovely"}', "[]"])
def test_an_answer_that_is_none_is_a_fault(url: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Model, "says", says)
    report = with_second_opinion(check_claims(UNSAFE), SecondReader(url=url, model="small"))
    assert report.alert == "danger"
    assert report.second_opinion is not None
    assert report.second_opinion.fault


@pytest.mark.parametrize("address", ["file:///etc/hosts", "http://127.0.0.1:9"])
def test_nobody_there_is_a_fault(address: str) -> None:
    assert SecondReader(url=address, model="x", timeout=1).opinion(check_claims(UNSAFE)).fault


def test_what_was_not_read_is_not_sent() -> None:
    report = check_claims("")
    assert with_second_opinion(report, SecondReader(url="http://127.0.0.1:9", model="x")) is report
