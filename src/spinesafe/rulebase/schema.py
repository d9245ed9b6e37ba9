"""The shape of the knowledge files as a JSON schema, so that editors complete and check while an author writes."""

from typing import Any

import msgspec

from spinesafe.rulebase.entry import Reviewed
from spinesafe.rulebase.format import File

_FROM_DEFAULTS = Reviewed.__struct_fields__


def schema() -> dict[str, Any]:
    """The JSON schema of one knowledge file. What `defaults:` may fill is not required of each entry."""
    (root,), definitions = msgspec.json.schema_components([File], ref_template="#/$defs/{name}")
    for kind in Reviewed.__subclasses__():
        shape = definitions[kind.__name__]
        shape["required"] = [key for key in shape["required"] if key not in _FROM_DEFAULTS]
    definitions["File"]["properties"]["defaults"] |= {
        "properties": {key: definitions["Rule"]["properties"][key] for key in _FROM_DEFAULTS},
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A knowledge file of spinesafe",
        **root,
        "$defs": definitions,
    }


def written(shape: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return msgspec.json.format(msgspec.json.encode(shape, order="sorted"), indent=2).decode() + "\n"
