"""The words of the rule book: every role and every verb. A verb is `<room>.<action>`."""

from enum import StrEnum

from .words import N_


class Role(StrEnum):
    """A seat: what a person is at a place."""

    # at an organisation
    SIGNATORY = "signatory"  # binds the organisation
    CONTRIBUTOR = "contributor"  # works for it
    FINANCE = "finance"  # answers for its figures
    READER = "reader"  # may look on
    # at a programme
    MANAGER = "manager"  # runs the programme
    # at a consortium, derived from the seats in its member organisations
    LEAD = "lead"  # signatory of the lead partner
    PARTNER = "partner"  # signatory of a member
    MEMBER = "member"  # signatory or contributor of a member
    TREASURER = "treasurer"  # answers for a member's figures
    ONLOOKER = "onlooker"  # holds any seat in a member
    # at a workshop or an open session
    FACILITATOR = "facilitator"  # runs the room
    PARTICIPANT = "participant"  # holds a card or a place there, with or without an account
    # at oneself
    SELF = "self"
    # everywhere
    STEWARD = "steward"  # runs the platform
    PERSON = "person"  # anyone signed in
    VISITOR = "visitor"  # anyone at all


ROLE_NAMES: dict[Role, str] = {
    Role.SIGNATORY: N_("Signatory"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.FINANCE: N_("Finance"),
    Role.READER: N_("Reader"),
    Role.MANAGER: N_("Programme manager"),
    Role.LEAD: N_("Lead partner"),
    Role.PARTNER: N_("Partner"),
    Role.MEMBER: N_("Member"),
    Role.TREASURER: N_("Finance of a partner"),
    Role.ONLOOKER: N_("Anyone in the consortium"),
    Role.FACILITATOR: N_("Facilitator"),
    Role.PARTICIPANT: N_("Participant"),
    Role.SELF: N_("You yourself"),
    Role.STEWARD: N_("Steward"),
    Role.PERSON: N_("Anyone signed in"),
    Role.VISITOR: N_("Anyone"),
}
"""What people call the roles."""

IN_CONSORTIUM: dict[Role, frozenset[Role]] = {
    Role.SIGNATORY: frozenset({Role.PARTNER, Role.MEMBER, Role.TREASURER, Role.ONLOOKER}),
    Role.CONTRIBUTOR: frozenset({Role.MEMBER, Role.ONLOOKER}),
    Role.FINANCE: frozenset({Role.TREASURER, Role.ONLOOKER}),
    Role.READER: frozenset({Role.ONLOOKER}),
}
"""What a seat in a member organisation makes a person in the consortium. The lead partner's signatory is also LEAD."""


class Verb(StrEnum):
    """Every change in the product."""

    PEOPLE_ASK_LINK = "people.ask_link"
    PEOPLE_SIGN_IN = "people.sign_in"
    PEOPLE_SIGN_OUT = "people.sign_out"
    PEOPLE_REVOKE = "people.revoke"
    PEOPLE_ADMIT = "people.admit"
    PEOPLE_INTRODUCE = "people.introduce"
    PEOPLE_REGISTER = "people.register"
    PEOPLE_DESCRIBE = "people.describe"
    PEOPLE_IDENTIFY = "people.identify"
    PEOPLE_DROP_IDENTIFIER = "people.drop_identifier"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_WITHDRAW_INVITATION = "people.withdraw_invitation"
    PEOPLE_TAKE_SEAT = "people.take_seat"
    PEOPLE_SEAT = "people.seat"
    PEOPLE_UNSEAT = "people.unseat"
    PEOPLE_ASK_VERIFICATION = "people.ask_verification"
    PEOPLE_VERIFY = "people.verify"
    PEOPLE_REFUSE = "people.refuse"
    PEOPLE_FOUND = "people.found"
    PEOPLE_APPOINT = "people.appoint"

    CHALLENGES_DRAFT = "challenges.draft"
    CHALLENGES_EDIT = "challenges.edit"
    CHALLENGES_PICTURE = "challenges.picture"
    CHALLENGES_ATTACH = "challenges.attach"
    CHALLENGES_DETACH = "challenges.detach"
    CHALLENGES_SUBMIT = "challenges.submit"
    CHALLENGES_COMMENT = "challenges.comment"
    CHALLENGES_SEND_BACK = "challenges.send_back"
    CHALLENGES_PUBLISH = "challenges.publish"
    CHALLENGES_CALL = "challenges.call"
    CHALLENGES_CLOSE = "challenges.close"
    CHALLENGES_WITHDRAW = "challenges.withdraw"
    CHALLENGES_ASK = "challenges.ask"
    CHALLENGES_ANSWER = "challenges.answer"
    CHALLENGES_TELL = "challenges.tell"
    CHALLENGES_FOLLOW = "challenges.follow"
    CHALLENGES_UNFOLLOW = "challenges.unfollow"
    CHALLENGES_INTEREST = "challenges.interest"
    CHALLENGES_WITHDRAW_INTEREST = "challenges.withdraw_interest"

    WORKSHOPS_PLAN = "workshops.plan"
    WORKSHOPS_DESCRIBE = "workshops.describe"
    WORKSHOPS_APPOINT = "workshops.appoint"
    WORKSHOPS_DISMISS = "workshops.dismiss"
    WORKSHOPS_BEGIN = "workshops.begin"
    WORKSHOPS_ADVANCE = "workshops.advance"
    WORKSHOPS_GO_BACK = "workshops.go_back"
    WORKSHOPS_FINISH = "workshops.finish"
    WORKSHOPS_CANCEL = "workshops.cancel"
    WORKSHOPS_PAUSE = "workshops.pause"
    WORKSHOPS_GO_ON = "workshops.go_on"
    WORKSHOPS_SET_TIME = "workshops.set_time"
    WORKSHOPS_LOCK = "workshops.lock"
    WORKSHOPS_UNLOCK = "workshops.unlock"
    WORKSHOPS_HIDE_NAMES = "workshops.hide_names"
    WORKSHOPS_SHOW_NAMES = "workshops.show_names"
    WORKSHOPS_ADD_COMPANY = "workshops.add_company"
    WORKSHOPS_RENAME_COMPANY = "workshops.rename_company"
    WORKSHOPS_DROP_COMPANY = "workshops.drop_company"
    WORKSHOPS_JOIN = "workshops.join"
    WORKSHOPS_NAME_ONESELF = "workshops.name_oneself"
    WORKSHOPS_MARK = "workshops.mark"
    WORKSHOPS_SEND_OUT = "workshops.send_out"
    WORKSHOPS_WRITE = "workshops.write"
    WORKSHOPS_REWRITE = "workshops.rewrite"
    WORKSHOPS_TAKE_BACK = "workshops.take_back"
    WORKSHOPS_ENTER = "workshops.enter"
    WORKSHOPS_MOVE = "workshops.move"
    WORKSHOPS_REMOVE = "workshops.remove"
    WORKSHOPS_PUT_BACK = "workshops.put_back"
    WORKSHOPS_TIE = "workshops.tie"
    WORKSHOPS_UNTIE = "workshops.untie"
    WORKSHOPS_MARK_INTERESTING = "workshops.mark_interesting"
    WORKSHOPS_UNMARK = "workshops.unmark"
    WORKSHOPS_GATHER = "workshops.gather"
    WORKSHOPS_ENTITLE = "workshops.entitle"
    WORKSHOPS_LAY = "workshops.lay"
    WORKSHOPS_LIFT = "workshops.lift"
    WORKSHOPS_MERGE = "workshops.merge"
    WORKSHOPS_SPLIT = "workshops.split"
    WORKSHOPS_UNMERGE = "workshops.unmerge"
    WORKSHOPS_UNSPLIT = "workshops.unsplit"
    WORKSHOPS_VOTE = "workshops.vote"
    WORKSHOPS_TAKE_VOTE = "workshops.take_vote"
    WORKSHOPS_DRAFT = "workshops.draft"
    WORKSHOPS_DEVELOP = "workshops.develop"
    WORKSHOPS_HAND_OVER = "workshops.hand_over"
    WORKSHOPS_UNDERTAKE = "workshops.undertake"
    WORKSHOPS_TICK_OFF = "workshops.tick_off"
    WORKSHOPS_DROP_ACTION = "workshops.drop_action"
    WORKSHOPS_CALL = "workshops.call"
    WORKSHOPS_CALL_OFF = "workshops.call_off"
    WORKSHOPS_LET_GO = "workshops.let_go"
    WORKSHOPS_RESUME = "workshops.resume"
    WORKSHOPS_TAKE_UP = "workshops.take_up"
    WORKSHOPS_INTEREST = "workshops.interest"
    WORKSHOPS_WITHDRAW_INTEREST = "workshops.withdraw_interest"
    WORKSHOPS_SUM_UP = "workshops.sum_up"
    WORKSHOPS_PUBLISH = "workshops.publish"
    WORKSHOPS_WITHDRAW = "workshops.withdraw"
    WORKSHOPS_FEED_BACK = "workshops.feed_back"
    WORKSHOPS_READDRESS = "workshops.readdress"
    WORKSHOPS_ASK_AFTER = "workshops.ask_after"
    WORKSHOPS_ANSWER = "workshops.answer"
    WORKSHOPS_STOP = "workshops.stop"
    WORKSHOPS_ERASE = "workshops.erase"
    WORKSHOPS_CLAIM = "workshops.claim"
    WORKSHOPS_ADMIT = "workshops.admit"
    WORKSHOPS_NEED = "workshops.need"
    WORKSHOPS_ARRANGE = "workshops.arrange"
    WORKSHOPS_FURNISH = "workshops.furnish"
    WORKSHOPS_HOST = "workshops.host"
    WORKSHOPS_SEAT = "workshops.seat"
    WORKSHOPS_ANNOUNCE = "workshops.announce"
    WORKSHOPS_MEND = "workshops.mend"
    WORKSHOPS_BEGIN_ROUND = "workshops.begin_round"
    WORKSHOPS_END_ROUND = "workshops.end_round"
    WORKSHOPS_REOPEN_ROUND = "workshops.reopen_round"
    WORKSHOPS_CLOSE_CAFE = "workshops.close_cafe"
    WORKSHOPS_HARVEST = "workshops.harvest"

    SESSIONS_PLAN = "sessions.plan"
    SESSIONS_DESCRIBE = "sessions.describe"
    SESSIONS_COPY = "sessions.copy"
    SESSIONS_APPOINT = "sessions.appoint"
    SESSIONS_DISMISS = "sessions.dismiss"
    SESSIONS_PUBLISH = "sessions.publish"
    SESSIONS_CLOSE = "sessions.close"
    SESSIONS_REOPEN = "sessions.reopen"
    SESSIONS_BEGIN = "sessions.begin"
    SESSIONS_FINISH = "sessions.finish"
    SESSIONS_CANCEL = "sessions.cancel"
    SESSIONS_START_SERIES = "sessions.start_series"
    SESSIONS_DESCRIBE_SERIES = "sessions.describe_series"
    SESSIONS_REPEAT = "sessions.repeat"
    SESSIONS_REGISTER = "sessions.register"
    SESSIONS_ADMIT = "sessions.admit"
    SESSIONS_OFFER = "sessions.offer"
    SESSIONS_CONFIRM = "sessions.confirm"
    SESSIONS_LAPSE = "sessions.lapse"
    SESSIONS_AMEND = "sessions.amend"
    SESSIONS_LEAVE = "sessions.leave"
    SESSIONS_ERASE = "sessions.erase"
    SESSIONS_MARK = "sessions.mark"
    SESSIONS_SEAT = "sessions.seat"
    SESSIONS_JOIN = "sessions.join"
    SESSIONS_PART = "sessions.part"
    SESSIONS_TURN_AWAY = "sessions.turn_away"
    SESSIONS_RENEW_FEED = "sessions.renew_feed"
    SESSIONS_END_FEED = "sessions.end_feed"
    SESSIONS_SET_TERMS = "sessions.set_terms"
    SESSIONS_COME_IN = "sessions.come_in"
    SESSIONS_SAY = "sessions.say"
    SESSIONS_REPHRASE = "sessions.rephrase"
    SESSIONS_UNSAY = "sessions.unsay"
    SESSIONS_SUPPORT = "sessions.support"
    SESSIONS_UNSUPPORT = "sessions.unsupport"
    SESSIONS_ANSWER = "sessions.answer"
    SESSIONS_MARK_ANSWERED = "sessions.mark_answered"
    SESSIONS_GROUP = "sessions.group"
    SESSIONS_UNGROUP = "sessions.ungroup"
    SESSIONS_HIDE = "sessions.hide"
    SESSIONS_UNHIDE = "sessions.unhide"
    SESSIONS_PIN = "sessions.pin"
    SESSIONS_UNPIN = "sessions.unpin"
    SESSIONS_HAND_ON = "sessions.hand_on"
    SESSIONS_BRING_IN = "sessions.bring_in"
    SESSIONS_LEAVE_LEAD = "sessions.leave_lead"
    SESSIONS_WITHDRAW_LEAD = "sessions.withdraw_lead"
    SESSIONS_PLAN_LEAD = "sessions.plan_lead"
    SESSIONS_NOTE_LEAD = "sessions.note_lead"
    SESSIONS_WRITE_LEAD = "sessions.write_lead"
    SESSIONS_TALK = "sessions.talk"
    SESSIONS_BECOME = "sessions.become"
    SESSIONS_CLOSE_LEAD = "sessions.close_lead"
    SESSIONS_ERASE_LEAD = "sessions.erase_lead"
    SESSIONS_ASK_PRESENTER = "sessions.ask_presenter"
    SESSIONS_DROP_PRESENTER = "sessions.drop_presenter"
    SESSIONS_AGREE_PRESENTING = "sessions.agree_presenting"
    SESSIONS_DECLINE_PRESENTING = "sessions.decline_presenting"
    SESSIONS_PREPARE = "sessions.prepare"
    SESSIONS_ATTACH = "sessions.attach"
    SESSIONS_DETACH = "sessions.detach"
    SESSIONS_SUM_UP = "sessions.sum_up"
    SESSIONS_RATE = "sessions.rate"

    CONSORTIA_START = "consortia.start"
    CONSORTIA_DESCRIBE = "consortia.describe"
    CONSORTIA_SEEK = "consortia.seek"
    CONSORTIA_DROP_ROLE = "consortia.drop_role"
    CONSORTIA_INVITE = "consortia.invite"
    CONSORTIA_ASK = "consortia.ask"
    CONSORTIA_ACCEPT = "consortia.accept"
    CONSORTIA_DECLINE = "consortia.decline"
    CONSORTIA_ADMIT = "consortia.admit"
    CONSORTIA_TURN_DOWN = "consortia.turn_down"
    CONSORTIA_WITHDRAW = "consortia.withdraw"
    CONSORTIA_EXPIRE = "consortia.expire"
    CONSORTIA_LEAVE = "consortia.leave"
    CONSORTIA_OFFER_LEAD = "consortia.offer_lead"
    CONSORTIA_TAKE_LEAD = "consortia.take_lead"
    CONSORTIA_WRITE_CHARTER = "consortia.write_charter"
    CONSORTIA_ACCEPT_CHARTER = "consortia.accept_charter"
    CONSORTIA_DISSOLVE = "consortia.dissolve"
    CONSORTIA_TRACE = "consortia.trace"

    WORKSPACE_RECORD = "workspace.record"
    WORKSPACE_STORE = "workspace.store"
    WORKSPACE_KEEP = "workspace.keep"
    WORKSPACE_FORGET = "workspace.forget"
    WORKSPACE_BEGIN_ANEW = "workspace.begin_anew"
    WORKSPACE_GIVE_BACK = "workspace.give_back"

    FUNDING_START = "funding.start"
    FUNDING_DESCRIBE = "funding.describe"
    FUNDING_WRITE = "funding.write"
    FUNDING_BUDGET = "funding.budget"
    FUNDING_DROP_LINE = "funding.drop_line"
    FUNDING_FIX = "funding.fix"
    FUNDING_REOPEN = "funding.reopen"
    FUNDING_SIGN = "funding.sign"
    FUNDING_UNSIGN = "funding.unsign"
    FUNDING_SUBMIT = "funding.submit"
    FUNDING_AWARD = "funding.award"
    FUNDING_REJECT = "funding.reject"
    FUNDING_WITHDRAW = "funding.withdraw"

    PIPELINE_ENTER = "pipeline.enter"
    PIPELINE_ADVANCE = "pipeline.advance"
    PIPELINE_SEND_BACK = "pipeline.send_back"
    PIPELINE_HOLD = "pipeline.hold"
    PIPELINE_RESUME = "pipeline.resume"
    PIPELINE_STOP = "pipeline.stop"
    PIPELINE_REVIVE = "pipeline.revive"
    PIPELINE_NOTE = "pipeline.note"

    DESK_READ = "desk.read"
    DESK_RETRY = "desk.retry"
