"""YAML files to typed entries, with the line of each for error messages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from spinesafe.rulebase.entry import Reviewed
from spinesafe.rulebase.format import File
from spinesafe.rulebase.plain_yaml import Loader, doubled_keys
from spinesafe.rulebase.problems import KnowledgeError, Place, Problem, nearest, problem

BUILT_IN = Path(__file__).parent.parent / "knowledge"
GUARDS = frozenset({"laws", "theorems"})
"""Kinds of entries that no overlay may hold."""
_KINDS = tuple(field for field in File.__struct_fields__ if field != "defaults")


class Sourced(msgspec.Struct, frozen=True):
    """An entry and the line that it starts on."""

    entry: Any
    kind: str
    place: Place


def read_folder(folder: Path, overlay: Path | None = None) -> tuple[Sourced, ...]:
    """Every entry of every `*.yaml` below a folder, in the order of the file names.

    An overlay is laid on it: an entry of its own kind and id takes the place of that of the folder, any other is added. Laws and theorems
    are no part of an overlay: what guards the knowledge is not changed with it. Raises `KnowledgeError` with all problems of all files.
    """
    entries, problems = _read_all(folder, "")
    if overlay is not None:
        more, faults = _read_all(overlay, f"{overlay.resolve().name}/")
        problems += [*faults, *(_guarded(sourced) for sourced in more if sourced.kind in GUARDS)]
        entries = laid_on(entries, more)
    if problems:
        raise KnowledgeError(problems)
    return tuple(entries)


def _read_all(folder: Path, before: str) -> tuple[list[Sourced], list[Problem]]:
    entries: list[Sourced] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            entries.extend(_read_file(path, before + path.relative_to(folder).as_posix()))
        except KnowledgeError as error:
            problems.extend(error.problems)
    return entries, problems


def laid_on(entries: list[Sourced], overlay: list[Sourced]) -> list[Sourced]:
    """Entries with those of an overlay in their place, or after them."""
    instead = {(sourced.kind, sourced.entry.id): sourced for sourced in overlay if hasattr(sourced.entry, "id")}
    kept = [instead.get((s.kind, getattr(s.entry, "id", "")), s) for s in entries]
    taken = {id(sourced) for sourced in kept}
    return [*kept, *(sourced for sourced in overlay if id(sourced) not in taken)]


def _guarded(sourced: Sourced) -> Problem:
    return problem(
        code="unknown_kind",
        place=sourced.place,
        found=f"{sourced.kind} is no kind of entry for an overlay: it guards what the overlay may say",
        mend="take it out; a law is changed in the built-in knowledge, where clinicians sign it",
    )


def _read_file(path: Path, name: str) -> Iterator[Sourced]:
    node, data = _parsed(path, name)
    if node is None:
        return
    problems = [
        problem(
            code="written_twice",
            place=Place(name, line),
            found=f"{key!r} is written twice in one entry",
            mend="keep one of the two",
        )
        for key, line in doubled_keys(node)
    ]
    if not isinstance(data, dict) or not isinstance(data.get("defaults", {}), dict):
        raise KnowledgeError([*problems, _misplaced(name, node, (), "a file starts with kinds of entries, each with a list below it")])
    defaults = data.get("defaults", {})
    for key, items in data.items():
        if key == "defaults":
            continue
        if key not in _KINDS:
            problems.append(_unknown_kind(name, node, key))
            continue
        if not isinstance(items, list):
            problems.append(_misplaced(name, node, (key,), f"{key} is no list"))
            continue
        entry_type = next(f.type for f in msgspec.structs.fields(File) if f.name == key).__args__[0]
        for index, item in enumerate(items):
            whole = {**defaults, **item} if issubclass(entry_type, Reviewed) and isinstance(item, dict) else item
            try:
                yield Sourced(msgspec.convert(whole, entry_type, strict=True), key, Place(name, _line(node, (key, index))))
            except msgspec.ValidationError as error:
                problems.append(_invalid(name, node, (key, index), str(error), entry_type))
    if problems:
        raise KnowledgeError(problems)


def _parsed(path: Path, name: str) -> tuple[yaml.Node | None, Any]:
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: bytes that are no text, a date that is none
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error)
        raise KnowledgeError(
            [
                problem(
                    code="not_yaml",
                    place=Place(name, mark.line + 1 if mark else 1),
                    found=f"this is not YAML: {found}",
                    mend='check indentation and quotes; a text that holds ": " needs quotes around it',
                )
            ]
        ) from error


def _misplaced(name: str, node: yaml.Node, path: tuple[str, ...], found: str) -> Problem:
    return problem(
        code="no_list",
        place=Place(name, _line(node, path)),
        found=found,
        mend="write `rules:` or another kind, and below it each entry after a dash",
    )


def _unknown_kind(name: str, node: yaml.Node, key: object) -> Problem:
    return problem(
        code="unknown_kind",
        place=Place(name, _line(node, (str(key),))),
        found=f"{key!r} is no kind of entry",
        mend=nearest(str(key), _KINDS) or f"use one of {', '.join(_KINDS)}",
    )


def _invalid(name: str, node: yaml.Node, path: tuple[str | int, ...], message: str, entry_type: type) -> Problem:
    text, _, inner = message.partition(" - at `$")
    for part in re.findall(r"\.([A-Za-z_0-9]+)|\[(\d+)\]", inner):
        path = (*path, part[0] or int(part[1]))
    unknown = re.search(r"unknown field `(\w+)`", text)
    mend = "see the shape of this entry in the JSON schema (spinesafe knowledge schema)"
    if unknown:
        path = (*path, unknown[1])
        if near := nearest(unknown[1], msgspec.structs.asdict(File()) | dict.fromkeys(_keys(entry_type))):
            mend = near
    elif "Expected `str`, got" in text:
        mend = "put quotes around it: codes and texts are never numbers, dates or booleans"
    return problem(
        code="wrong_shape",
        place=Place(name, _line(node, path)),
        found=f"{'.'.join(str(part) for part in path)}: {text}",
        mend=mend,
    )


def _keys(entry_type: type) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(entry_type))


def _line(node: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line of the deepest node on a path that exists."""
    line = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line
        else:
            node = node.value[step]
            line = node.start_mark.line
    return line + 1
