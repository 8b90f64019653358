"""Sealing files and sending them, so that a kill at any moment costs little: the spool keeps what is done.

A job is named by what is to be sealed. Its key and manifest lie in the spool sealed to our own key, before
the first file is sealed; sealed files lie beside it. Repeating the command goes on where it stopped, and a
version that the register has already is not stated again.
"""

import fcntl
import json
import mimetypes
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from secrets import token_bytes

from crosslab.ip_vault import age
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Claim, key_hash
from crosslab.ip_vault.client.sealing import Parts, state_version
from crosslab.ip_vault.client.spooling import Measure, measure, seal_file
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.manifest import SALT, File, Manifest, commitment, write_manifest

from .home import write_whole
from .stops import Code, Stop, refused
from .vault import Vault, random_identity

Told = Callable[[int], object]
MOST_FILES = 64
KIND = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")


@dataclass(frozen=True)
class Draft:
    """What is to be sealed, as whom and where."""

    org: str
    consortium: str
    claim: Claim
    title: str
    description: str
    files: Sequence[Path]
    readers: Sequence[str] = ()


@dataclass(frozen=True)
class Job:
    """What the spool keeps of a draft: its key, the manifest's salt, the files sealed so far."""

    folder: Path
    key: HybridIdentity
    salt: bytes
    files: tuple[File, ...] = ()
    sizes: tuple[int, ...] = ()


def put(vault: Vault, draft: Draft, told: Told) -> str:
    """Seals, sends and states a version; its id. Repeated after a kill it goes on, and states nothing twice."""
    _check(vault, draft)
    with _job(vault, draft) as job:
        done = _stated(vault, job)
        if not done:
            sealed = _seal_all(vault, job, draft, told)
            parts, manifest = _manifest(sealed, draft)
            _send_all(vault, sealed, manifest, told)
            said = vault.say(
                lambda pen: state_version(pen, draft.org, draft.consortium, draft.claim, parts, draft.readers)
            )
            done = said[0].id
    shutil.rmtree(job.folder)
    return done


def weight(files: Sequence[Path]) -> int:
    """How many bytes there are to seal and to send."""
    return 2 * sum(path.stat().st_size for path in files)


def _check(vault: Vault, draft: Draft) -> None:
    most = int(vault.session.get("limits", {}).get("blob", 0))
    if len(draft.files) > MOST_FILES:
        raise refused(f"A version has at most {MOST_FILES} files.")
    names = [path.name.lower().upper() for path in draft.files]
    if len(set(names)) != len(names):
        raise refused("Two of the files have the same name.")
    for path in draft.files:
        size = path.stat().st_size
        if not size:
            raise refused(f"{path.name} is empty; nothing empty is sealed.")
        if most and size + size // 4096 + 4096 > most:
            raise refused(f"{path.name} is larger than this server takes ({most} bytes).")


@contextmanager
def _job(vault: Vault, draft: Draft) -> Iterator[Job]:
    """The spool's job for a draft, begun or found; one process at a time."""
    folder = vault.home.spool / _name(draft)
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise refused("Another process is sealing exactly this just now.") from error
        yield _read(vault, folder) or _begin(vault, folder)


def _name(draft: Draft) -> str:
    files = [[str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns] for path in draft.files]
    claim = [
        draft.claim.klass,
        repr(draft.claim.rights),
        draft.claim.contribution,
        repr(draft.claim.derived_from),
    ]
    facts = [draft.org, draft.consortium, draft.title, draft.description, claim, files]
    return digest(json.dumps(facts, sort_keys=True).encode())[:32]


def _begin(vault: Vault, folder: Path) -> Job:
    job = Job(folder, random_identity(), token_bytes(SALT))
    _keep(vault, job)
    return job


def _keep(vault: Vault, job: Job) -> None:
    """Writes the job down, sealed to our own key: what is in it would open what lies beside it."""
    fields = {"key": job.key.seed.hex(), "salt": job.salt.hex(), "sizes": job.sizes}
    plain = json.dumps({**fields, "files": [asdict(each) for each in job.files]}).encode()
    write_whole(job.folder / "job.age", age.encrypt(plain, vault.keys.age.recipient))


def _read(vault: Vault, folder: Path) -> Job | None:
    path = folder / "job.age"
    if not path.exists():
        return None
    try:
        told = json.loads(age.decrypt(path.read_bytes(), vault.keys.age))
    except age.AgeError:
        return None  # begun under a key of ours that was replaced since
    files = tuple(File(**each) for each in told["files"])
    key, salt = HybridIdentity(bytes.fromhex(told["key"])), bytes.fromhex(told["salt"])
    return Job(folder, key, salt, files, tuple(map(int, told["sizes"])))


def _stated(vault: Vault, job: Job) -> str:
    """The version that was stated before we were killed, or nothing."""
    wanted = key_hash(job.key)
    return next((each.id for each in vault.state.versions.values() if each.content_key == wanted), "")


def _seal_all(vault: Vault, job: Job, draft: Draft, told: Told) -> Job:
    for path in draft.files[: len(job.files)]:
        told(path.stat().st_size)
    for path in draft.files[len(job.files) :]:
        fresh = job.folder / "sealing"
        with path.open("rb") as source, os.fdopen(_new(fresh), "wb") as target:
            plain, sealed = seal_file(source, target, job.key, told)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(job.folder / f"{sealed.sha256}.age")
        file = File(path.name, media_type(path.name), plain.size, plain.sha256, sealed.sha256)
        job = replace(job, files=(*job.files, file), sizes=(*job.sizes, sealed.size))
        _keep(vault, job)
    return job


def _manifest(job: Job, draft: Draft) -> tuple[Parts, Measure]:
    """The manifest as it was sealed the first time, or sealed now."""
    plain = write_manifest(Manifest(draft.title, draft.description, job.files), job.salt)
    path = job.folder / "manifest.age"
    if not path.exists():
        write_whole(path, age.encrypt(plain, job.key.recipient))
    with path.open("rb") as file:
        sealed = measure(file)
    blobs = [Measure(size, file.blob) for size, file in zip(job.sizes, job.files, strict=True)]
    return Parts(job.key, sealed, blobs, commitment(plain)), sealed


def _send_all(vault: Vault, job: Job, manifest: Measure, told: Told) -> None:
    for file in job.files:
        path = job.folder / f"{file.blob}.age"
        if vault.door.has(file.blob):
            told(file.size)
        else:
            vault.door.send(file.blob, path, told)
    if not vault.door.has(manifest.sha256):
        vault.door.send(manifest.sha256, job.folder / "manifest.age", lambda _: None)


def media_type(name: str) -> str:
    """What a file's ending says it is."""
    guessed = (mimetypes.guess_type(name)[0] or "").lower()
    return guessed if KIND.fullmatch(guessed) else "application/octet-stream"


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def waiting(spool: Path) -> list[Path]:
    """Jobs that were begun and not finished."""
    if not spool.exists():
        raise Stop(Code.NOTHING, "Nothing waits.")
    return [path.parent for path in spool.glob("*/job.age")]
