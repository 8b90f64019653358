"""Which 32 bytes may be an Ed25519 public key here: canonical, not of small order, free of torsion.

Signatures are verified by OpenSSL, never by this arithmetic (it is slow and not constant-time, which is
fine for public values only). Edwards curve of RFC 8032, section 5.1; the three checks close the edge
cases in which verifiers disagree with one another.
"""

from functools import lru_cache

from crosslab.ip_vault.errors import ProofError

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
_ZERO: _Point = (0, 1, 1, 0)


@lru_cache(maxsize=4096)
def check_public(key: bytes) -> None:
    """Refuses a public key that may not be registered."""
    if len(key) != 32:
        raise ProofError("a public key has 32 bytes")
    point = _decode(key)
    if _same(_times(8, point), _ZERO):
        raise ProofError("the public key is of small order")
    if not _same(_times(_L, point), _ZERO):
        raise ProofError("the public key has a torsion component")


def _decode(key: bytes) -> _Point:
    number = int.from_bytes(key, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        raise ProofError("the public key is not canonical")
    top, bottom = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = top * pow(bottom, 3, _P) * pow(top * pow(bottom, 7, _P), (_P - 5) // 8, _P) % _P
    if (bottom * x * x - top) % _P:
        x = x * _ROOT % _P
    if (bottom * x * x - top) % _P:
        raise ProofError("the public key is not a point of the curve")
    if x == 0 and sign:
        raise ProofError("the public key is not canonical")
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _add(one: _Point, two: _Point) -> _Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c = 2 * one[3] * two[3] * _D % _P
    d = 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: _Point) -> _Point:
    result = _ZERO
    while factor:
        if factor & 1:
            result = _add(result, point)
        point, factor = _add(point, point), factor >> 1
    return result


def _same(one: _Point, two: _Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % _P == 0 and (one[1] * two[2] - two[1] * one[2]) % _P == 0
