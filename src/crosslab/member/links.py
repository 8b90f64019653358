"""Invitation links: log, chain, who invites, and a secret, all in the fragment, which no server ever sees."""

from dataclasses import dataclass

from crosslab.ip_vault import keys
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.fingerprint import fingerprint

from .stops import refused
from .vault import Vault


@dataclass(frozen=True)
class Link:
    """What an invitation link says."""

    chain: str
    inviter: str
    secret: bytes


def write(vault: Vault, chain: str, secret: bytes) -> str:
    """The link to send by a way of one's own."""
    digits = fingerprint(vault.me).replace(" ", "")
    return f"{vault.door.url}/vault/join#{vault.state.log}.{chain}.{digits}.{keys.b64u(secret)}"


def read(vault: Vault, text: str) -> Link:
    """The parts of a link, as this command writes it or as the page does. Raises when cut, or for another log."""
    parts = text.strip().rpartition("#")[2].removeprefix("/join/").rsplit(".", 3)
    try:
        log, chain, inviter, secret = parts
        link = Link(chain, inviter, keys.unb64u(secret, keys.SIZE))
    except (ValueError, VaultError) as error:
        raise refused("This is not an invitation link, or it was cut short. Ask for it again.") from error
    if log != vault.state.log:
        raise refused("This invitation is for another house.")
    return link


def invitation(vault: Vault, link: Link) -> str:
    """The open invitation of the register whose key is the one in the link, and whose maker is who it names."""
    public = keys.invite_key(link.secret).public
    for invite in vault.state.invites.values():
        if invite.chain == link.chain and invite.public == public:
            if invite.spent:
                raise refused("This invitation was used or withdrawn.")
            maker = fingerprint(vault.known[invite.id].said.by).replace(" ", "")
            if maker != link.inviter:
                raise tampered(Trouble.KEY_REPLACED, "the invitation is not by the person the link names")
            return invite.id
    raise refused("There is no such invitation here yet, or it is not for you to see.")
