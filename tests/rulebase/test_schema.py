from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from spinesafe.rulebase.format import File
from spinesafe.rulebase.plain_yaml import Loader
from spinesafe.rulebase.read import BUILT_IN
from spinesafe.rulebase.schema import schema

BAD = Path(__file__).parents[2] / "cases" / "bad"


@pytest.fixture(scope="module")
def editor() -> jsonschema.Draft202012Validator:
    """What an editor does while an author writes."""
    shape = schema()
    jsonschema.Draft202012Validator.check_schema(shape)
    return jsonschema.Draft202012Validator(shape)


def as_json(path: Path) -> Any:
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader
    return msgspec.json.decode(msgspec.json.encode(loaded, enc_hook=date.isoformat))


def test_every_kind_of_entry_is_described() -> None:
    assert set(schema()["$defs"]["File"]["properties"]) == set(File.__struct_fields__)


@pytest.mark.parametrize("path", sorted(BUILT_IN.rglob("*.yaml")), ids=lambda path: path.relative_to(BUILT_IN).as_posix())
def test_an_editor_accepts_the_knowledge(path: Path, editor: jsonschema.Draft202012Validator) -> None:
    editor.validate(as_json(path))


@pytest.mark.parametrize(
    "name", ["wrong_shape", "wrong_shape_a_code_that_reads_as_a_number", "wrong_shape_a_level_that_is_none", "unknown_kind"]
)
def test_an_editor_marks_what_the_reader_refuses(name: str, editor: jsonschema.Draft202012Validator) -> None:
    assert not editor.is_valid(as_json(BAD / f"{name}.yaml"))
