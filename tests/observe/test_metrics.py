from bot.digests.records import Counts
from bot.observe import Metrics


def shown(metrics: Metrics) -> list[str]:
    return [line for line in metrics.render().decode().splitlines() if line.startswith("briefbot_")]


def test_commands_are_counted_by_command_platform_and_outcome() -> None:
    metrics = Metrics()
    metrics.command("brief", "slack", "match", 0.002)
    metrics.command("brief", "slack", "match", 0.2)
    metrics.command("button", "discord", "none", 0.002)
    lines = shown(metrics)
    assert 'briefbot_commands_total{command="brief",outcome="match",platform="slack"} 2.0' in lines
    assert 'briefbot_commands_total{command="button",outcome="none",platform="discord"} 1.0' in lines
    assert 'briefbot_command_seconds_bucket{command="brief",le="0.0025",platform="slack"} 1.0' in lines
    assert 'briefbot_command_seconds_count{command="brief",platform="slack"} 2.0' in lines


def test_what_people_type_makes_no_label() -> None:
    metrics = Metrics()
    metrics.command("what a person typed", "terminal", "none", 0.001)
    text = "\n".join(shown(metrics))
    assert 'command="unknown"' in text
    assert "typed" not in text


def test_the_library_its_reloads_and_the_platforms() -> None:
    metrics, connected = Metrics(), [True]
    metrics.library(entries=12, problems=1)
    metrics.reload("ok")
    metrics.reload("failed")
    metrics.platform("slack", lambda: connected[0])
    lines = shown(metrics)
    assert "briefbot_library_entries 12.0" in lines
    assert "briefbot_library_problems 1.0" in lines
    assert 'briefbot_library_reload_total{result="ok"} 1.0' in lines
    assert 'briefbot_library_reload_total{result="failed"} 1.0' in lines
    assert 'briefbot_platform_up{platform="slack"} 1.0' in lines
    connected[0] = False
    assert 'briefbot_platform_up{platform="slack"} 0.0' in shown(metrics)


def test_two_of_them_do_not_meet() -> None:
    one, other = Metrics(), Metrics()
    one.command("brief", "slack", "match", 0.001)
    assert not any(line.startswith("briefbot_commands_total") for line in shown(other))


def test_digests_are_counted_as_they_stand() -> None:
    """What is no longer there is no longer shown, as when the last edition of a platform is out."""
    metrics = Metrics()
    metrics.delivery("slack", "sentresult")
    metrics.digests(Counts({"slack": 3}, {"slack": 1}, {"slack": 4.5}, {("slack", "active"): 7}, untold=2))
    lines = shown(metrics)
    assert 'briefbot_deliveries_total{outcome="sentresult",platform="slack"} 1.0' in lines
    assert 'briefbot_editions_open{platform="slack"} 3.0' in lines
    assert 'briefbot_editions_in_doubt{platform="slack"} 1.0' in lines
    assert 'briefbot_editions_oldest_seconds{platform="slack"} 4.5' in lines
    assert 'briefbot_subscriptions{platform="slack",state="active"} 7.0' in lines
    assert "briefbot_notices_untold 2.0" in lines
    metrics.digests(Counts({}, {}, {}, {}, untold=0))
    assert not any(line.startswith("briefbot_editions_open{") for line in shown(metrics))
