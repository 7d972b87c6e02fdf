"""The emoji that have a name in Slack and may stand in an answer; any other name is shown as it is written."""

from collections.abc import Mapping

EMOJI: Mapping[str, str] = {
    "arrow_left": "⬅️",
    "arrow_right": "➡️",
    "arrows_counterclockwise": "🔄",
    "bookmark_tabs": "📑",
    "books": "📚",
    "bust_in_silhouette": "👤",
    "calendar": "📆",
    "classical_building": "🏛️",
    "heavy_check_mark": "✔️",
    "hourglass": "⌛",
    "information_source": "ℹ️",
    "link": "🔗",
    "mag": "🔍",
    "memo": "📝",
    "newspaper": "📰",
    "no_entry": "⛔",
    "octagonal_sign": "🛑",
    "pushpin": "📌",
    "question": "❓",
    "round_pushpin": "📍",
    "scroll": "📜",
    "speech_balloon": "💬",
    "warning": "⚠️",
    "white_check_mark": "✅",
    "x": "❌",
}
