"""An answer given a moment ago is handed out again at once, to those who may read it and as long as it holds."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.library.load import load
from bot.library.vocabulary import Audience
from bot.observe.metrics import Metrics
from tests.samples import NOW, files, library, write

READER = Caller("slack", "U1", "C1")


def answered(router: Router, options: str | Mapping[str, str] = "blinken", caller: Caller = READER) -> object:
    return asyncio.run(router.run("brief", options, caller))


@pytest.mark.parametrize("options", ["blinken", {"query": "blinken", "as-of": "2023-06-18"}])
def test_nothing_is_kept_before_it_was_asked_and_the_same_answer_after(options: str | Mapping[str, str]) -> None:
    router = Router(library, lambda: NOW)
    assert router.kept("brief", options, READER) is None
    reply = answered(router, options)
    assert router.kept("/Brief", options, replace(READER, user="U2", place="C2")) is reply
    assert router.kept("timeline", options, READER) is None


def test_what_was_answered_for_one_audience_is_not_there_for_another() -> None:
    router = Router(library, lambda: NOW)
    answered(router, caller=replace(READER, audience=Audience.INTERNAL))
    assert router.kept("brief", "blinken", READER) is None


def test_nothing_is_kept_past_the_minute_or_the_library(tmp_path: Path) -> None:
    now, libraries = [NOW], [library()]
    router = Router(lambda: libraries[0], lambda: now[0])
    answered(router)
    now[0] += timedelta(minutes=1)
    assert router.kept("brief", "blinken", READER) is None
    answered(router)
    libraries[0] = load(write(tmp_path, files()))
    assert router.kept("brief", "blinken", READER) is None


def test_a_kept_answer_is_counted_and_what_was_asked_in_vain_logged_each_time() -> None:
    metrics = Metrics()
    router = Router(library, lambda: NOW, metrics)
    answered(router, "xyzzy plugh")
    with capture_logs() as told:
        assert router.kept("brief", "xyzzy plugh", READER) is not None
    assert [(each["action"], each["question"]) for each in told] == [("search.none", "xyzzy plugh")]
    assert b'briefbot_commands_total{command="brief",outcome="none",platform="slack"} 2.0' in metrics.render()


def test_an_answer_about_digests_is_never_kept() -> None:
    router = Router(library, lambda: NOW)
    asyncio.run(router.run("digest", "list", READER))
    assert router.kept("digest", "list", READER) is None
