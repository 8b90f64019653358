"""Sealed workspaces: starting one, inviting, joining, leaving, and who is in it."""

from argparse import ArgumentParser
from secrets import token_bytes

from crosslab.ip_vault.client import create_consortium, invite_organisation, remove_organisation
from crosslab.ip_vault.client import join as state_join
from crosslab.ip_vault.client import leave as state_leave
from crosslab.member import asking, finding, links
from crosslab.member.desk import Command, Desk
from crosslab.member.stops import refused


def _in(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--in", dest="place", default="", help="the workspace: its slug, name or the start of its id"
    )
    parser.add_argument("--for", dest="org", default="", help="the organisation you speak for")


def _starts(parser: ArgumentParser) -> None:
    _in(parser)
    parser.add_argument("--regime", default="custom", help="the model agreement, for example desca-2.0")


def start(desk: Desk) -> None:
    """Start the sealed workspace of a consortium that your organisation leads."""
    vault = desk.open()
    place = finding.place(vault, desk.args.place)
    if place["vault_id"]:
        raise refused("This workspace was started already.")
    org = finding.acting(vault, desk.args.org, [str(each["vault_id"]) for each in place["partners"]])
    said = vault.say(
        lambda pen: [create_consortium(pen, org, place["name"], desk.args.regime)],
        {"consortium": place["slug"]},
    )
    desk.show.say(f"The workspace of {place['name']} is started.")
    desk.show.result(id=said[0].id, slug=place["slug"])


def invite(desk: Desk) -> None:
    """A link for a partner. Its secret stands in the link alone: send it by a way of your own."""
    vault = desk.open()
    chain, secret = finding.consortium(vault, desk.args.place), token_bytes(32)
    org = finding.acting(vault, desk.args.org, finding.members(vault, chain))
    said = vault.say(lambda pen: [invite_organisation(pen, org, chain, secret)])
    desk.show.secret("link", links.write(vault, chain, secret))
    desk.show.result(invite=said[0].id)


def _joins(parser: ArgumentParser) -> None:
    parser.add_argument("--link-fd", type=int, help="read the link from this file descriptor")
    parser.add_argument("--for", dest="org", default="", help="the organisation that joins")


def join(desk: Desk) -> None:
    """Join a workspace with the link your organisation was sent. It is asked for, never given as an argument."""
    vault = desk.open()
    link = links.read(vault, asking.secret(desk.args.link_fd, "Invitation link"))
    place = next((each for each in vault.session["consortia"] if each["vault_id"] == link.chain), None)
    if place is None:
        raise refused("You do not belong to this consortium on the platform.")
    org = finding.acting(vault, desk.args.org, [str(each["vault_id"]) for each in place["partners"]])
    invite = links.invitation(vault, link)
    vault.say(lambda pen: [state_join(pen, org, link.chain, invite, link.secret)])
    desk.show.say(f"{finding.name(vault, org)} is in the workspace of {place['name']}.")
    desk.show.result(organisation=org, consortium=link.chain)


def leave(desk: Desk) -> None:
    """Your organisation leaves a workspace. What it contributed stays recorded, and its word on it is still asked."""
    vault = desk.open()
    chain = finding.consortium(vault, desk.args.place)
    org = finding.acting(vault, desk.args.org, finding.members(vault, chain))
    vault.say(lambda pen: [state_leave(pen, org, chain)])
    desk.show.result(organisation=org, consortium=chain)


def _removes(parser: ArgumentParser) -> None:
    _in(parser)
    parser.add_argument("organisation", help="the organisation that has to go")


def remove(desk: Desk) -> None:
    """Remove a member from a workspace that your organisation leads."""
    vault = desk.open()
    chain, other = (
        finding.consortium(vault, desk.args.place),
        finding.organisation(vault, desk.args.organisation),
    )
    org = finding.acting(vault, desk.args.org, finding.members(vault, chain))
    vault.say(lambda pen: [remove_organisation(pen, org, chain, other)])
    desk.show.result(organisation=other, consortium=chain)


def members(desk: Desk) -> None:
    """Who is in a workspace, as the signed history says: organisations, and their people who can read."""
    vault = desk.seen()
    chain = finding.consortium(vault, desk.args.place)
    rows = []
    for each in vault.state.consortia[chain].members.values():
        people = [finding.name(vault, who) for who in vault.state.organisations[each.org].people]
        standing = "left" if each.until is not None else "leads" if each.leads else "member"
        rows.append((finding.name(vault, each.org), standing, people, each.org[:12]))
    desk.show.table("members", ("Organisation", "Standing", "People", "Id"), rows, "Nobody.")


COMMANDS = (
    Command("consortium start", start, _starts),
    Command("consortium invite", invite, _in),
    Command("consortium join", join, _joins),
    Command("consortium leave", leave, _in),
    Command("consortium remove", remove, _removes),
    Command("consortium members", members, _in),
)
