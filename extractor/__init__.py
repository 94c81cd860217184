"""Vietnamese public bodies' plans, reports and letters → tables one can trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.dataset import Dataset, Extraction, export, extract, open_dataset
    from extractor.errors import VanbanError
    from extractor.readers.formats import ReadOptions

__version__ = "0.1.0"
__all__ = ["Dataset", "Extraction", "ReadOptions", "VanbanError", "__version__", "export", "extract", "open_dataset", "pipeline"]

# public name → the room that has it, entered only when the name is first used
_ROOMS = {
    "Dataset": "extractor.dataset",
    "Extraction": "extractor.dataset",
    "export": "extractor.dataset",
    "extract": "extractor.dataset",
    "open_dataset": "extractor.dataset",
    "ReadOptions": "extractor.readers.formats",
    "VanbanError": "extractor.errors",
}


def __getattr__(name: str) -> Any:
    if name == "pipeline":  # the room is what is called: `extractor.pipeline()` gives spaCy's Language
        from importlib import import_module

        return import_module("extractor.pipeline")
    if name not in _ROOMS:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_ROOMS[name]), name)
    return found
