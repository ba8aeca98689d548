"""No module over 400 lines, no function over 60."""

from house_source import Source, functions, sources

MAX_MODULE = 400
MAX_FUNCTION = 60


def too_long(source: Source) -> list[str]:
    lines = len(source.text.splitlines())
    found = [f"{source.name}: {lines} lines"] if lines > MAX_MODULE else []
    for function in functions(source.tree):
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        length = (function.end_lineno or first) - first + 1
        if length > MAX_FUNCTION:
            found.append(source.at(function, f"{function.name} has {length} lines"))
    return found


def test_modules_and_functions_are_short() -> None:
    assert [each for source in sources("intake_app", "build") for each in too_long(source)] == []


def test_a_module_of_401_lines_is_refused() -> None:
    assert too_long(Source("fits.py", "x = 1\n" * MAX_MODULE)) == []
    assert too_long(Source("long.py", "x = 1\n" * (MAX_MODULE + 1))) == ["long.py: 401 lines"]


def test_a_function_of_61_lines_is_refused() -> None:
    fits = Source("f.py", "class A:\n    def f():\n" + "        x = 1\n" * (MAX_FUNCTION - 1))
    long = Source("f.py", "class A:\n    def f():\n" + "        x = 1\n" * MAX_FUNCTION)
    assert too_long(fits) == []
    assert too_long(long) == ["f.py:2: f has 61 lines"]
