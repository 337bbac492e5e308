"""Holds JSON values to a part of JSON Schema, 2020-12.

Any other keyword is refused when the schema is read, so that nothing which a contract says goes unchecked.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

# Say something about a schema to people, or how it is written.
NOTES = {"$schema", "title", "description", "format"}
KEYWORDS = {
    *("type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "const", "pattern", "default"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems"),
}


class Problem(Exception):
    """What is wrong with a value, and where in it."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def within(self, what: str, separator: str) -> str:
        """Names the value, too: `fault.limitMs: must be at least 1`."""
        place = f"{separator}{self.path}" if self.path else ""
        return f"{what}{place}: {self.message}"


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "null": ("null", lambda value: value is None),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "string": ("a text", lambda value: isinstance(value, str)),
    "number": ("a number", _is_number),
    "integer": ("a whole number", lambda value: _is_number(value) and value == int(value)),
    "array": ("a list", lambda value: isinstance(value, list)),
    "object": ("an object", lambda value: isinstance(value, dict)),
}


class Schema:
    """One schema, read."""

    def __init__(self, keywords: Mapping[str, Any]) -> None:
        unknown = sorted(set(keywords) - KEYWORDS - NOTES)
        if unknown:
            raise ValueError(f'the keyword "{unknown[0]}" is not known here')
        self._keywords = keywords
        types = keywords.get("type", [])
        self._types: list[str] = [types] if isinstance(types, str) else types
        self._properties = {name: Schema(field) for name, field in keywords.get("properties", {}).items()}
        self._choices = [Schema(choice) for choice in keywords.get("anyOf", [])]
        self._items = Schema(keywords["items"]) if "items" in keywords else None
        others = keywords.get("additionalProperties", True)
        self._closed = others is False
        self._others = Schema(others) if isinstance(others, dict) else None
        self._pattern = compiled(keywords["pattern"]) if "pattern" in keywords else None

    def check(self, value: Any) -> Any:
        """The value with the defaults of its schema and without fields that the schema does not name. Raises Problem."""
        if self._choices:
            return self._check_choices(value)
        if self._types and not any(TYPES[name][1](value) for name in self._types):
            raise Problem("must be " + " or ".join(TYPES[name][0] for name in self._types))
        self._check_enum(value)
        if isinstance(value, dict):
            return self._check_object(value)
        if isinstance(value, list):
            return self._check_list(value)
        if isinstance(value, str):
            self._check_text(value)
        elif _is_number(value):
            self._check_number(value)
            return int(value) if "integer" in self._types else value
        return value

    def _check_choices(self, value: Any) -> Any:
        problems: list[Problem] = []
        for choice in self._choices:
            try:
                return choice.check(value)
            except Problem as problem:
                problems.append(problem)
        # The one that says most about the value is the one that looks deepest into it.
        raise max(problems, key=lambda problem: problem.path != "")

    def _check_enum(self, value: Any) -> None:
        keywords = self._keywords
        allowed = [keywords["const"]] if "const" in keywords else keywords.get("enum")
        if allowed is not None and not any(type(one) is type(value) and one == value for one in allowed):
            raise Problem("must be one of " + json.dumps(allowed))

    def _check_object(self, fields: dict[str, Any]) -> dict[str, Any]:
        for name in self._keywords.get("required", []):
            if name not in fields:
                raise Problem("must be there", name)
        # An object of which a schema says nothing is taken as it is.
        if not ("properties" in self._keywords or self._others or self._closed):
            return fields
        checked = {}
        for name, field in self._properties.items():
            if name in fields:
                checked[name] = check_under(name, field, fields[name])
            elif "default" in field._keywords:
                checked[name] = field._keywords["default"]
        for name in fields.keys() - self._properties.keys():
            if self._closed:
                raise Problem("there is no such field", name)
            if self._others is not None:
                checked[name] = check_under(name, self._others, fields[name])
        return checked

    def _check_list(self, values: list[Any]) -> list[Any]:
        self._check_size(len(values), "minItems", "maxItems", "items")
        items = self._items
        if items is None:
            return values
        return [check_under(str(index), items, value) for index, value in enumerate(values)]

    def _check_text(self, text: str) -> None:
        self._check_size(len(text), "minLength", "maxLength", "characters")
        if self._pattern is not None and self._pattern.search(text) is None:
            raise Problem(f"must look like {self._keywords['pattern']}")

    def _check_size(self, size: int, least: str, most: str, unit: str) -> None:
        keywords = self._keywords
        if least in keywords and size < keywords[least]:
            raise Problem(f"must have at least {keywords[least]} {unit}")
        if most in keywords and size > keywords[most]:
            raise Problem(f"must have at most {keywords[most]} {unit}")

    def _check_number(self, number: float) -> None:
        keywords = self._keywords
        if number < keywords.get("minimum", number):
            raise Problem(f"must be at least {keywords['minimum']}")
        if number > keywords.get("maximum", number):
            raise Problem(f"must be at most {keywords['maximum']}")
        if "exclusiveMinimum" in keywords and number <= keywords["exclusiveMinimum"]:
            raise Problem(f"must be more than {keywords['exclusiveMinimum']}")
        if "exclusiveMaximum" in keywords and number >= keywords["exclusiveMaximum"]:
            raise Problem(f"must be less than {keywords['exclusiveMaximum']}")


def check_under(name: str, schema: Schema, value: Any) -> Any:
    """The value of a field, checked; what is wrong is told with the field's name."""
    try:
        return schema.check(value)
    except Problem as problem:
        raise Problem(problem.message, f"{name}.{problem.path}" if problem.path else name) from None


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as JSON Schema means it: digits are ASCII, and `$` is the end of the text and not the line break before it."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)
