"""What a package exports is what its `__all__` says."""

import importlib
import pkgutil
from types import ModuleType

import pytest

import spinesafe

PACKAGES = ["spinesafe", *(m.name for m in pkgutil.walk_packages(spinesafe.__path__, "spinesafe.") if m.ispkg)]


@pytest.mark.parametrize("name", PACKAGES)
def test_exported_names_match_reality(name: str) -> None:
    package = importlib.import_module(name)
    held = {key for key, value in vars(package).items() if not key.startswith("_") and not isinstance(value, ModuleType)}
    public = held - {"TYPE_CHECKING"}
    exported = getattr(package, "__all__", [])
    # A function that is named like its module (`load`, `build`) hides the module, and is meant.
    assert public <= set(exported)
    assert all(hasattr(package, key) for key in exported)
    assert list(exported) == sorted(exported)
