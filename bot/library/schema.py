"""The JSON Schema of a briefing's front matter, for editors' tools; published as `config/entry.schema.json`."""

import json
from typing import Any

from bot.library.entry import FrontMatter

IDENTIFIER = "urn:briefbot:entry"


def entry_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of the head of a briefing file."""
    schema = FrontMatter.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        **schema,
        "title": "Briefing",
        "description": "The front matter of a briefing file. More rules span fields and files: `briefbot check`.",
    }


def schema_text() -> str:
    """Return the schema as the published file holds it."""
    return json.dumps(entry_schema(), ensure_ascii=False, indent=2) + "\n"
