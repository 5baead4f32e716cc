"""YAML as people write data for us: plain texts, dates as written, no key twice."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_LoaderBase: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_LoaderBase):
    """YAML with dates left as written (the schema checks them) and no key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [getattr(key, "value", "") for key, _ in node.value]
        if len(keys) != len(set(keys)):
            where = f"a key stands twice, near line {node.start_mark.line + 1}"
            raise yaml.MarkedYAMLError(problem=where, problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_yaml(data: bytes) -> Any:
    """What a file says.

    Raises:
        yaml.YAMLError: it is not readable as YAML, or a key stands twice.
    """
    loader = _PlainLoader(data)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
