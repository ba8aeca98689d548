"""The Wilson score interval of a share: honest where a group is small, never below 0 or above 1.

Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
"""

from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054
"""The 97.5 % point of the normal distribution: 95 of 100 intervals hold the true share."""


def wilson(number: int, base: int, z: float = Z_95) -> tuple[float, float]:
    """The interval in which a share lies: lower and upper end, each from 0 to 1.

    Args:
        number: How many.
        base: Of how many, 1 or more.
        z: How sure: the point of the normal distribution.

    Raises:
        ValueError: There is nothing to take a share of.
    """
    if base < 1 or not 0 <= number <= base:
        raise ValueError
    share, square = number / base, z * z
    middle = share + square / (2 * base)
    half = z * sqrt(share * (1 - share) / base + square / (4 * base * base))
    whole = 1 + square / base
    low = 0.0 if number == 0 else (middle - half) / whole
    high = 1.0 if number == base else (middle + half) / whole
    return max(0.0, low), min(1.0, high)
