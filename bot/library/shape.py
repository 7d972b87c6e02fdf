"""What pydantic finds wrong with an entry's fields, told in an editor's words at the field's place in the file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.library.document import Document, Path
from bot.library.entry import FrontMatter
from bot.library.place import Fault

_NEAR = 3
_SHOWN = 40


def shape_faults(document: Document, error: ValidationError) -> list[Fault]:
    """Return one fault for each thing pydantic found, in the order of the file."""
    return sorted((_fault(document, each) for each in details_of(error)), key=lambda fault: fault.place)


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Return what pydantic found, without what only repeats, for a list, that its items are wrong."""
    details = error.errors(include_url=False)
    return [each for each in details if each["type"] != "too_short" or not each["input"]]


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    path: Path = tuple(detail["loc"])
    place = document.place(path)
    if detail["type"] == "missing":
        place = document.key_place(path[:-1])
    elif detail["type"] == "extra_forbidden":
        place = document.key_place(path)
    message, hint = _TOLD.get(detail["type"], _as_it_says)(path, detail)
    return Fault(place, message, hint)


def _unknown(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    del detail
    known = sorted(_fields_at(path[:-1]))
    near = nearest(str(path[-1]), known)
    hint = f"did you mean {near}?" if near else f"known here: {', '.join(known)}"
    return f"unknown field {str(path[-1])[:_SHOWN]!r}", hint


def _choice(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    allowed = [str(each) for each in _choices(detail)]
    near = nearest(str(detail["input"]), allowed)
    hint = f"did you mean {near}? " if near else ""
    return f"{_words(path)}: {_shown(detail)} is none of the allowed values", f"{hint}one of {', '.join(allowed)}"


def _not_text(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    value = detail["input"]
    if value is None:
        return f"{_words(path)} is empty", "write something, or leave the field out; # begins a comment"
    return f"{_words(path)} must be text", 'put it in quotation marks: "…"' if isinstance(value, int | float) else ""


def _not_a_list(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    if detail["input"] is None:
        return f"{_words(path)} is empty", "leave the field out"
    return f"{_words(path)} must be a list", "begin each item on its own line, with a dash"


def _not_a_number(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    return f"{_words(path)} must be a whole number, not {_shown(detail)}", "without quotation marks: 2"


def _too_long(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    allowed, length = detail["ctx"]["max_length"], len(str(detail["input"]).strip())
    return f"{_words(path)} has {length} characters, {allowed} are allowed", f"{length - allowed} too many"


def _as_it_says(path: Path, detail: ErrorDetails) -> tuple[str, str]:
    return f"{_words(path)}: {detail['msg'].removeprefix('Value error, ')}", ""


_TOLD: Mapping[str, Callable[[Path, ErrorDetails], tuple[str, str]]] = {
    "missing": lambda path, _: (f"{_words(path)} is missing", _purpose(path)),
    "extra_forbidden": _unknown,
    "enum": _choice,
    "literal_error": _choice,
    "string_type": _not_text,
    "string_too_long": _too_long,
    "string_too_short": lambda path, _: (f"{_words(path)} is empty", _purpose(path)),
    "too_short": lambda path, _: (f"{_words(path)} is empty", "at least one is needed"),
    "string_pattern_mismatch": lambda path, detail: (
        f"{_words(path)}: {_shown(detail)} is not of the right form",
        _form(path),
    ),
    "tuple_type": _not_a_list,
    "bool_type": lambda path, _: (f"{_words(path)} must be true or false", "without quotation marks"),
    "int_type": _not_a_number,
    "int_from_float": _not_a_number,
    "greater_than_equal": lambda path, detail: (f"{_words(path)} is less than {detail['ctx']['ge']}", ""),
    "less_than_equal": lambda path, detail: (f"{_words(path)} is more than {detail['ctx']['le']}", ""),
    "model_type": lambda path, _: (f"{_words(path)} must be a group of fields", "name: value, one a line"),
}


def _choices(detail: ErrorDetails) -> list[str]:
    expected = str(detail["ctx"]["expected"]).replace(" or ", ", ")
    return [part.strip("'") for part in expected.split(", ")]


def nearest(word: str, known: list[str]) -> str | None:
    """Return the one of `known` that `word` probably is a slip of, or None."""
    # Here, since most files hold no slip: a start has no need of the fifty modules of it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(
        word[:_SHOWN], known, scorer=OSA.distance, score_cutoff=min(_NEAR, max(1, len(word) // 2))
    )
    return found[0] if found else None


def _shown(detail: ErrorDetails) -> str:
    return repr(str(detail["input"])[:_SHOWN])


def _words(path: Path) -> str:
    """Return ``claims[2].text``, counted from 1 as people count."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words or "the front matter"


def _form(path: Path) -> str:
    match path[-1] if isinstance(path[-1], str) else path[-2]:
        case "url" | "archived":
            return "an address starts with http:// or https:// and holds no spaces"
        case "lang":
            return "a language tag such as en, zh or zh-Hans"
        case _:
            return "small letters and digits joined by single hyphens, such as antony-blinken"


def model_at(path: Path) -> type[BaseModel] | None:
    """Return the model of the group of fields at `path`, or None where there is none."""
    model: type[BaseModel] | None = FrontMatter
    for part in path:
        if isinstance(part, int):
            continue
        if model is None:
            return None
        fields = {(field.alias or name): field for name, field in model.model_fields.items()}
        model = next(_models_in(fields[part].annotation), None) if part in fields else None
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _fields_at(path: Path) -> set[str]:
    model = model_at(path)
    return {field.alias or name for name, field in model.model_fields.items()} if model else set()


def _purpose(path: Path) -> str:
    model = model_at(path[:-1])
    field = model.model_fields.get(str(path[-1])) if model else None
    return (field.description or "") if field else ""
