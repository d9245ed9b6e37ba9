import shutil
from pathlib import Path

import pytest

from spinesafe.rulebase import KnowledgeError, build, load
from spinesafe.rulebase.build import digest_of
from spinesafe.rulebase.read import BUILT_IN


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, and nothing remembered from before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    load.cache_clear()
    return tmp_path / "cache" / "spinesafe"


def test_what_was_built_once_is_read_back_whole(cache: Path, sound: Path) -> None:
    built = load(sound)
    (kept,) = cache.iterdir()
    assert kept.name == f"rulebase-{digest_of(sound)}.msgpack"
    load.cache_clear()
    assert load(sound) == built == build(sound)


def test_another_text_is_another_rule_base(cache: Path, sound: Path, tmp_path: Path) -> None:
    other = shutil.copytree(sound, tmp_path / "other")
    file = other / "_sound.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Keep walking.", "Keep moving."), encoding="utf-8")
    assert load(sound).advice["keep_walking"].text.en == "Keep walking."
    assert load(other).advice["keep_walking"].text.en == "Keep moving."
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x80"])
def test_a_damaged_cache_is_built_anew(damage: bytes, cache: Path, sound: Path) -> None:
    built = load(sound)
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    load.cache_clear()
    assert load(sound) == built
    assert kept.read_bytes() != damage


def test_a_cache_that_cannot_be_written_costs_only_time(cache: Path, sound: Path) -> None:
    cache.parent.mkdir()
    cache.write_text("a file where a folder should be", encoding="utf-8")
    assert load(sound).rules


@pytest.mark.parametrize(("platform", "folder"), [("darwin", "Library/Caches"), ("linux", ".cache")])
def test_the_cache_lies_where_the_system_keeps_such_things(
    platform: str, folder: str, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", platform)
    load.cache_clear()
    load(sound)
    assert list((tmp_path / folder / "spinesafe").iterdir())


def test_knowledge_that_cannot_be_used_is_refused(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.yaml").write_text("rule: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="did you mean rules"):
        load(tmp_path / "bad")
    assert not cache.exists()


def test_the_built_in_knowledge_is_used_by_default(cache: Path) -> None:
    assert load().digest == digest_of(BUILT_IN)
    assert cache.exists()
