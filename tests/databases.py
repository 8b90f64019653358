"""The databases of the tests: SQLite and PostgreSQL, each with the demo world in it, built once a run.

Every test that asks for one of these runs twice, once on each kind (`--database sqlite` runs one only):

* `engine`: the world. Whatever the test does through it, in however many transactions and threads, is inside
  one transaction that is undone at the end: a commit is only a savepoint. About a millisecond. Transactions
  must end in the reverse of the order they began, so two people at once need the next one.
* `house`: a copy of the world to itself, with real commits, locks and notifications. About 50 ms.
* `bare`: the address of an empty database without tables, for the migrations.

The world's ciphertext, pictures and keys lie in files; `var` is this test's own copy of that folder, and
`settings` those of a house over `engine`'s database and `var`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from crosslab.core.db import connect
from crosslab.core.settings import Settings
from tests import servers

KINDS = ("sqlite", "postgres")
CHECKOUT = Path(__file__).resolve().parent.parent
_numbers = count(1)


@dataclass(frozen=True)
class House:
    """A house of a test's own: its settings and an engine on its database."""

    settings: Settings
    engine: Engine
    var: Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=KINDS, help="run the database tests on this kind only")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        servers.open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and servers.RUN in os.environ:
        servers.close_run()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("kind", [chosen] if chosen else KINDS, scope="session")


@pytest.fixture
def engine(kind: str, worker_id: str) -> Iterator[Engine]:
    """The demo world; everything done to it is undone at the end."""
    with undone(workers_own(kind, worker_id)) as engine:
        yield engine


@pytest.fixture
def settings(kind: str, worker_id: str, var: Path) -> Settings:
    """The settings of a house over `engine`'s database and this test's own files."""
    return settings_of(workers_own(kind, worker_id), var)


@pytest.fixture
def house(kind: str, worker_id: str, var: Path) -> Iterator[House]:
    """A copy of the demo world of this test's own, with real commits."""
    with a_house(kind, worker_id, var) as made:
        yield made


@pytest.fixture
def var(kind: str, tmp_path: Path) -> Path:
    """This test's own copy of the folder with the world's files and keys."""
    return copy_of_files(kind, tmp_path)


@pytest.fixture
def bare(kind: str, worker_id: str) -> Iterator[str]:
    """The address of an empty database."""
    with lent(kind, worker_id, of=None) as url:
        yield url


@contextmanager
def a_house(kind: str, worker_id: str, var: Path) -> Iterator[House]:
    """A copy of the world with real commits, for as long as the block lasts."""
    with lent(kind, worker_id, of=world_of(kind)) as url:
        engine = connect(url)
        yield House(settings_of(url, var), engine, var)
        engine.dispose()


def copy_of_files(kind: str, folder: Path) -> Path:
    """A copy of the world's files and keys inside `folder`: hard links, because no file is ever changed."""
    world_of(kind)
    return Path(shutil.copytree(_world_var(kind), folder / "var", copy_function=os.link))


def settings_of(url: str, var: Path) -> Settings:
    """The settings of a demo house over a database and a folder. Its jobs wait until a test does them."""
    return Settings(database=url, demo=True, worker=False, **_places(var))


def environment_of(url: str, var: Path) -> dict[str, str]:
    """The same settings for a process of its own."""
    ours = {f"CROSSLAB_{key.upper()}": value for key, value in {"database": url, **_places(var)}.items()}
    return {**os.environ, **ours, "CROSSLAB_DEMO": "1", "PYTHONPATH": str(CHECKOUT / "src")}


def _places(var: Path) -> dict[str, str]:
    return {"files": f"file:{var}/files", "log_key": f"{var}/log.key", "secret": "the tests keep no secrets"}


# The world, once a run and kind


def world_of(kind: str) -> str:
    """The address of the database with the demo world, built by `crosslab migrate` and `crosslab seed`."""
    with servers.alone(f"world-{kind}") as done:
        if not done.exists():
            url = _create(kind, "world", of=None)
            _world_var(kind).mkdir()
            for command in ("migrate", "seed"):
                _crosslab(command, url, _world_var(kind))
            _settle(url)
            done.write_text(url)
        return done.read_text()


def _world_var(kind: str) -> Path:
    return servers.run_folder() / f"world-{kind}"


def _crosslab(command: str, url: str, var: Path) -> None:
    """Run it as a person would, in a process of its own, in the folder where its files go."""
    call = [sys.executable, "-m", "crosslab", command]
    done = subprocess.run(
        call, env=environment_of(url, var), cwd=var, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"`crosslab {command}` failed:\n{done.stdout}{done.stderr}")


def _settle(url: str) -> None:
    """Move SQLite's write-ahead log into the file, so that the file alone is the database."""
    if url.startswith("sqlite"):
        engine = connect(url)
        raw = engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        engine.dispose()


# Copies


def workers_own(kind: str, worker_id: str) -> str:
    """This worker's copy of the world, made at its first use. Tests on it undo what they do."""
    with servers.alone(f"copy-{kind}-{worker_id}") as done:
        if not done.exists():
            done.write_text(_create(kind, f"copy_{worker_id}", of=world_of(kind)))
        return done.read_text()


@contextmanager
def lent(kind: str, worker_id: str, *, of: str | None) -> Iterator[str]:
    """A database of one's own, a copy `of` another one or empty, removed afterwards."""
    name = f"lent_{worker_id}_{next(_numbers)}"
    yield _create(kind, name, of=of)
    _drop(kind, name)


def _create(kind: str, name: str, *, of: str | None) -> str:
    if kind == "sqlite":
        path = servers.run_folder() / f"{name}.sqlite"
        if of:
            shutil.copyfile(make_url(of).database or "", path)
        return f"sqlite:///{path}"
    template = make_url(of).database if of else "template0"
    url = make_url(servers.postgres_url())
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.set(database=name).render_as_string(hide_password=False)


def _drop(kind: str, name: str) -> None:
    if kind == "sqlite":
        for path in servers.run_folder().glob(f"{name}.sqlite*"):
            path.unlink(missing_ok=True)  # the last one who closes it takes its log away
    else:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    engine = create_engine(servers.postgres_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@contextmanager
def undone(url: str) -> Iterator[Engine]:
    """An engine over a single connection in which every transaction is a savepoint of one that is undone."""
    source = connect(url)
    ours = source.raw_connection()
    raw = ours.driver_connection
    engine = create_engine(url, creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None)
    engine.connect().close()
    raw.execute("BEGIN") if url.startswith("sqlite") else raw.rollback()
    _transactions_are_savepoints(engine, raw)
    try:
        yield engine
    finally:
        raw.rollback()
        ours.close()
        source.dispose()


def _transactions_are_savepoints(engine: Engine, raw: object) -> None:
    names: dict[int, str] = {}

    def tell(words: str) -> None:
        raw.cursor().execute(words)

    def begin(connection: Connection) -> None:
        names[id(connection)] = f"test_{next(_numbers)}"
        tell(f"SAVEPOINT {names[id(connection)]}")

    def commit(connection: Connection) -> None:
        tell(f"RELEASE SAVEPOINT {names.pop(id(connection))}")

    def rollback(connection: Connection) -> None:
        tell(f"ROLLBACK TO SAVEPOINT {names[id(connection)]}")
        commit(connection)

    for moment in (begin, commit, rollback):
        event.listen(engine, moment.__name__, moment)
    engine.dialect.do_commit = engine.dialect.do_rollback = lambda _raw: None
