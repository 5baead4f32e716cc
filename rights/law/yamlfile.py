"""YAML as the law data are written: plain texts, no key twice."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_LoaderBase: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_LoaderBase):
    """YAML with dates left as written (the schema checks them) and no key given twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML reads it from the class
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [getattr(key, "value", "") for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.YAMLError(f"a key stands twice, near line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def parse_yaml(data: bytes) -> Any:
    """What a file says.

    Raises:
        yaml.YAMLError: it is not readable as YAML, or a key stands twice.
    """
    return yaml.load(data, Loader=_PlainLoader)  # noqa: S506 - derives from SafeLoader
