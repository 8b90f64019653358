"""Finite fields of up to 64 elements, and products of fields, as tables: what designs without repeats are made of."""

from collections.abc import Iterator
from functools import cache
from itertools import product

MOST = 64
Tables = tuple[list[list[int]], list[list[int]]]
"""The sums and the products."""


@cache
def field(order: int) -> Tables | None:
    """The sums and products of the field with this many elements; None when there is no such field."""
    power = _prime_power(order)
    if power is None:
        return None
    prime, degree = power
    if degree == 1:
        return _prime_field(prime)
    digits = [_digits(number, prime, degree) for number in range(order)]
    number = {each: n for n, each in enumerate(digits)}
    modulus = next(each for each in _monic(prime, degree) if _is_irreducible(each, prime))
    sums = [
        [number[tuple((x + y) % prime for x, y in zip(a, b, strict=True))] for b in digits] for a in digits
    ]
    products = [[number[_times(a, b, modulus, prime)] for b in digits] for a in digits]
    return sums, products


def _prime_field(prime: int) -> Tables:
    each = range(prime)
    return [[(a + b) % prime for b in each] for a in each], [[a * b % prime for b in each] for a in each]


@cache
def ring(order: int) -> tuple[list[list[int]], list[list[int]], list[int]] | None:
    """Sums and products of a product of fields, and elements of which no two differ by a divisor of zero.

    There are as many of these as the smallest field has elements (H. F. MacNeish 1922). None beyond `MOST`.
    """
    if not 1 < order <= MOST:
        return None
    sums, products, apart, size = [[0]], [[0]], [0], 1
    for factor in _factors(order):
        more = field(factor)
        if more is None:
            return None
        apart = [
            a * factor + b for a, b in zip(apart if size > 1 else [0] * factor, range(factor), strict=False)
        ]
        sums, products = _joined(sums, more[0], factor), _joined(products, more[1], factor)
        size *= factor
    return sums, products, apart


def _joined(one: list[list[int]], two: list[list[int]], factor: int) -> list[list[int]]:
    """The table of pairs, a pair (a, b) being a · factor + b."""
    pairs = list(product(range(len(one)), range(factor)))
    return [[one[a][c] * factor + two[b][d] for c, d in pairs] for a, b in pairs]


def _factors(order: int) -> list[int]:
    """The prime powers that make up a number, the smallest first."""
    found, prime = [], 2
    while order > 1:
        power = 1
        while order % prime == 0:
            order, power = order // prime, power * prime
        if power > 1:
            found.append(power)
        prime += 1
    return sorted(found)


def _prime_power(order: int) -> tuple[int, int] | None:
    for prime in range(2, min(order, MOST) + 1):
        if order % prime == 0:
            degree = 0
            while order % prime == 0:
                order, degree = order // prime, degree + 1
            return (prime, degree) if order == 1 and prime**degree <= MOST else None
    return None


def _digits(number: int, prime: int, degree: int) -> tuple[int, ...]:
    return tuple(number // prime**place % prime for place in range(degree))


def _monic(prime: int, degree: int) -> Iterator[tuple[int, ...]]:
    """Every polynomial of this degree with leading coefficient one, lowest coefficient first."""
    return ((*low, 1) for low in product(range(prime), repeat=degree))


def _is_irreducible(polynomial: tuple[int, ...], prime: int) -> bool:
    """Whether no polynomial of at most half its degree divides it."""
    half = (len(polynomial) - 1) // 2
    divisors = (each for degree in range(1, half + 1) for each in _monic(prime, degree))
    return all(any(_rest(list(polynomial), each, prime)) for each in divisors)


def _times(a: tuple[int, ...], b: tuple[int, ...], modulus: tuple[int, ...], prime: int) -> tuple[int, ...]:
    product_of = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product_of[i + j] += x * y
    rest = _rest(product_of, modulus, prime)
    return tuple((rest + [0] * len(a))[: len(a)])


def _rest(dividend: list[int], divisor: tuple[int, ...], prime: int) -> list[int]:
    """What a division by a polynomial with leading coefficient one leaves."""
    rest = [each % prime for each in dividend]
    while len(rest) >= len(divisor):
        lead, shift = rest[-1], len(rest) - len(divisor)
        for place, each in enumerate(divisor):
            rest[shift + place] = (rest[shift + place] - lead * each) % prime
        rest.pop()
    return rest
