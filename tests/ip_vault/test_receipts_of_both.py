"""What a client is given for a receipt, by a log that lies about it: to the page's engine and to the command line."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crosslab.ip_vault import keys, merkle, tlog
from crosslab.ip_vault.client.troubles import Tampered, Trouble
from tests.ip_vault.clients import Engine, Machine, Page
from tests.ip_vault.doors import Doors
from tests.ip_vault.honest import LOG_KEY, Server, View
from tests.ip_vault.liars import EVIL, rebuilt
from tests.ip_vault.test_worlds import alone

Lie = Callable[[Server, int], tuple[Server, bytes]]
ZEROS = b"r " + b"0" * 64 + b"\n"


def receipt(log: Server, index: int, key: keys.SigningKey = LOG_KEY) -> bytes:
    """The receipt of an entry under this log's end."""
    proof = tuple(merkle.inclusion_proof(index, log.tree.size, log.tree.read))
    point = tlog.sign_checkpoint(tlog.parse_checkpoint(log.checkpoint()), key)
    return tlog.write_receipt(tlog.Receipt(index, proof, point))


def of_another(log: Server, index: int) -> tuple[Server, bytes]:
    return log, receipt(log, index - 1)


def by_another_key(log: Server, index: int) -> tuple[Server, bytes]:
    return log, receipt(log, index, EVIL)


def of_no_form(log: Server, _: int) -> tuple[Server, bytes]:
    return log, b"c2sp.org/tlog-proof@v1\n"


def of_a_twin(log: Server, index: int) -> tuple[Server, bytes]:
    twin = rebuilt(log, [ZEROS, *log.entries[1:]])
    return twin, receipt(twin, index)


def of_a_twin_that_goes_on(log: Server, index: int) -> tuple[Server, bytes]:
    twin = rebuilt(log, [ZEROS, *log.entries[1:], ZEROS])
    return twin, receipt(twin, index)


def of_a_twin_that_is_shorter(log: Server, index: int) -> tuple[Server, bytes]:
    return log, receipt(rebuilt(log, [ZEROS, *log.entries[1:-1]]), index)


LIES: list[tuple[Lie, Trouble]] = [
    (of_another, Trouble.RECEIPT),
    (by_another_key, Trouble.RECEIPT),
    (of_no_form, Trouble.RECEIPT),
    (of_a_twin, Trouble.SPLIT),
    (of_a_twin_that_goes_on, Trouble.REWRITTEN),
    (of_a_twin_that_is_shorter, Trouble.REWRITTEN),
]


@pytest.mark.parametrize(("lie", "trouble"), LIES)
def test_a_receipt_that_proves_something_else_is_called_the_same_by_both(
    lie: Lie, trouble: Trouble, node: Engine, tmp_path: Path
) -> None:
    page, machine, honest, said, index = standing(node, tmp_path)
    log, told = lie(honest.server, index)
    log = replace(log, receipts={said: told})
    for each in (page, machine):
        with pytest.raises(Tampered) as caught:
            each.receipt(Doors(View(log, honest.eyes), honest), said)
        assert caught.value.trouble is trouble


def test_a_true_receipt_old_or_new_is_taken_by_both(node: Engine, tmp_path: Path) -> None:
    page, machine, honest, said, index = standing(node, tmp_path)
    for told in (honest.server.receipts[said], receipt(honest.server, index)):
        log = replace(honest.server, receipts={said: told})
        page.receipt(Doors(View(log, honest.eyes)), said)
        machine.receipt(Doors(View(log, honest.eyes)), said)


def standing(node: Engine, folder: Path) -> tuple[Page, Machine, View, str, int]:
    """A page and a machine that have looked, and a statement of one's own chain with its place in the log."""
    wild, honest = alone(0)
    person = honest.eyes.person
    page, machine = Page(node, wild, person), Machine(folder / "machine", wild, person)
    page.look(Doors(honest))
    machine.look(Doors(honest))
    row = wild.server.rows[person][-1]
    return page, machine, honest, row.id, row.index
