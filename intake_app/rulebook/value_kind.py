"""Is a value of JSON or TOML a table or a list? For the type checker, as much as for the reader."""

from typing import Any, TypeGuard

from intake_app.domain.change import Value


def is_table(value: Value) -> TypeGuard[dict[str, Any]]:
    """Whether it is a table with names."""
    return isinstance(value, dict)


def is_list(value: Value) -> TypeGuard[list[Any]]:
    """Whether it is a list."""
    return isinstance(value, list)
