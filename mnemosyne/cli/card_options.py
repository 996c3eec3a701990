"""The options of `cards new` as fields of a card, and errors of a card reported in terms of its options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from mnemosyne.errors import CardFieldError, InputError
from mnemosyne.text import suggestion

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_field import CardField
    from mnemosyne.deckfiles.writer import Field

Typed: TypeAlias = str | int | list[str]

# The option that is repeated for each entry of a field.
_ENTRIES: Final = {
    "options": "option",
    "names": "name",
    "synonyms": "synonym",
    "other_letters": "other_letter",
    "tags": "tag",
    "hints": "hint",
}
_FIELDS: Final = {option: field for field, option in _ENTRIES.items()}
_OF_EVERY_KIND: Final = ("tag", "hint")
_EXAMPLES: Final = {"let": "z=w*x", "at": "x=2", "synonym": "outer=outside", "other_letter": "y=Y"}
_WHERE: Final = "write --where a=2..9, --where c=a*b or --where 'a<b'"
_NAME: Final = re.compile(r"[^\W\d]\w*")
_COMPARISON: Final = re.compile(r"[<>=≤≥≠]")
# A field's name in a sentence about a card, where it is used as a name.
_MENTION: Final = re.compile(r"\b(in|to|of|under|with) `?(where|at|let|f|answer|tags|hints|names|options|synonyms)\b`?")


def option_of(field: str) -> str:
    """Return the option that sets a field, as it is typed."""
    return "--" + _ENTRIES.get(field, field).replace("_", "-")


def needed_options(kind: str) -> tuple[str, ...]:
    """Return the options for the fields that a card of a kind needs; raise InputError for an unknown kind."""
    return tuple(_ENTRIES.get(field.name, field.name) for field in _kind_fields(kind) if field.required)


def require_of_kind(kind: str, options: Mapping[str, Typed]) -> None:
    """Raise InputError for an option without a field in cards of the kind."""
    fields = [_ENTRIES.get(field.name, field.name) for field in _kind_fields(kind)]
    for name in options:
        if name not in fields and name not in _OF_EVERY_KIND:
            takes = ", ".join(option_of(field) for field in (*fields, *_OF_EVERY_KIND))
            raise InputError(f"{option_of(name)} is not for {kind} cards", f"leave it out; they take {takes}")


def _kind_fields(kind: str) -> Sequence[CardField]:
    from mnemosyne.cards.kinds.registry import KINDS

    if kind not in KINDS:
        raise InputError(f"--kind {kind} is not a kind", suggestion(kind, KINDS))
    return KINDS[kind].fields


def card_fields(values: Mapping[str, Typed]) -> dict[str, Field]:
    """Return the fields of a card from the options given, or from what was typed at their prompts."""
    return {_FIELDS.get(name, name): _field(name, value) for name, value in values.items()}


def named_by_option(error: CardFieldError) -> InputError:
    """Return an error in a new card in terms of its options."""
    if not error.field:
        return error
    option = option_of(error.field)
    match = re.match(rf"(?:the )?`?{error.field}`?(?:\.([^\s:]+))?(:?) ", error.message)
    if match is None:
        message = f"{option}: {error.message}"
    else:
        entry = f" {match[1]}" if match[1] and not match[1].isdecimal() else ""
        message = f"{option}{entry}{match[2]} {error.message[match.end() :]}"
    return InputError(_with_options(message), _with_options(error.hint))


def _with_options(sentence: str) -> str:
    return _MENTION.sub(lambda match: f"{match[1]} {option_of(match[2])}", sentence)


def _field(name: str, value: Typed) -> Field:
    match name:
        case "where":
            return _parameters(_parts(value, ","))
        case "let" | "at":
            return _by_name(name, [_pair(name, part) for part in _parts(value, ",")])
        case "option":
            options: list[Mapping[str, object]] = [{"text": text.strip()} for text in _parts(value, "|")]
            if len(options) < 2:
                raise InputError("--option: a choice needs at least two options", "pass --option again")
            return [{**options[0], "right": True}, *options[1:]]
        case "wrong":
            return [_wrong_answer(part) for part in _parts(value, "\n")]
        case "synonym" | "other_letter":
            return _word_lists([_pair(name, part) for part in _parts(value, ",")])
    return value


def _parts(value: Typed, separator: str) -> list[str]:
    """Return the entries of an option; text typed at a prompt is split at the separator."""
    return value if isinstance(value, list) else str(value).split(separator)


def _parameters(parts: Sequence[str]) -> Mapping[str, object]:
    """Return the parameters, including computed ones, with the conditions between them under `if`."""
    pairs: list[tuple[str, str]] = []
    conditions: list[str] = []
    for part in parts:
        left, sign, right = (text.strip() for text in part.partition("="))
        if sign and _NAME.fullmatch(left) and right and not right.startswith("="):
            pairs.append((left, right))
        elif _COMPARISON.search(part.strip()[1:-1]):
            conditions.append(part.strip())
        else:
            raise InputError(f"--where {part} is neither NAME=RANGE nor a condition", _WHERE)
    parameters: dict[str, object] = {name: _list_or_text(str(text)) for name, text in _by_name("where", pairs).items()}
    if conditions:
        parameters["if"] = conditions[0] if len(conditions) == 1 else conditions
    return parameters


def _pair(name: str, text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        form = "WORD=OTHER" if name in ("synonym", "other_letter") else "NAME=VALUE"
        raise InputError(f"{option_of(name)} {text} is not {form}", f"write {option_of(name)} {_EXAMPLES[name]}")
    return left.strip(), right.strip()


def _by_name(name: str, pairs: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    """Return the pairs as a mapping; raise InputError if a name is given twice, since one value would be lost."""
    names = [left for left, _ in pairs]
    twice = next((left for left in names if names.count(left) > 1), None)
    if twice is not None:
        raise InputError(f"{option_of(name)} {twice} is given twice", "leave one of them out")
    return dict(pairs)


def _wrong_answer(text: str) -> Mapping[str, object]:
    answer, colon, why = text.partition(": ")
    if not colon or not answer.strip() or not why.strip():
        message = f"--wrong {text} is not of the form 'ANSWER: WHY'"
        raise InputError(message, "write --wrong 'cos(x^2): The inner derivative is missing.'")
    return {"answer": answer.strip(), "why": why.strip()}


def _word_lists(pairs: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    """Return each word with its synonyms."""
    words = dict.fromkeys(word for word, _ in pairs)
    return {word: [text for left, text in pairs if left == word] for word in words}


def _list_or_text(text: str) -> str | list[int | str]:
    """Return a range unchanged, but a text like [2, 3, 5] as a list, so that it needs no quotes in the file."""
    match = re.fullmatch(r"\[([^\[\]]*)\]", text)
    words = [word.strip() for word in match[1].split(",")] if match else []
    return [int(word) if re.fullmatch(r"-?[0-9]{1,18}", word) else word for word in words] if match else text
