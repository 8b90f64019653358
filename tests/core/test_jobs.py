"""The queue: nothing is lost, nothing is done half, and nothing is done twice."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.bell import Bell
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.core.jobs import LEASE, MOST_TRIES, Job, _still_ours, enqueue, queue_age, run_next, take
from crosslab.core.mail import Letter


@pytest.fixture
def queue(house):
    """The house's queue without the jobs of the story."""
    with transaction(house.engine) as db:
        for job in db.exec(select(Job)).all():
            db.delete(job)
    return house.engine


def put(engine, name="write", **more):
    with transaction(engine) as db:
        enqueue(db, name, **more)


def jobs(engine):
    with transaction(engine) as db:
        return list(db.exec(select(Job).order_by(Job.id)).all())


def letters(engine):
    with transaction(engine) as db:
        return [each.to for each in db.exec(select(Letter).where(Letter.subject == "tried")).all()]


def write(db, to="ane@fjordlys.example"):
    db.add(Letter(to=to, subject="tried", text="once"))


def fail(db):
    write(db)
    db.flush()
    raise ZeroDivisionError("the road is closed")


def enqueue_and_fall(db):
    enqueue(db, "write")
    raise ZeroDivisionError


WORKS = {"write": write, "fail": fail}


def test_a_job_is_done_once_and_what_it_was_about_is_forgotten(queue):
    put(queue, to="tom@tinkertap.example")

    assert [run_next(queue, WORKS, Bell()) for _ in range(2)] == [True, False]
    (job,) = jobs(queue)
    assert (job.done_at is not None, job.facts, letters(queue)) == (True, {}, ["tom@tinkertap.example"])


def test_a_job_of_a_transaction_that_is_undone_was_never_there(queue):
    with pytest.raises(ZeroDivisionError), transaction(queue) as db:
        enqueue_and_fall(db)

    assert jobs(queue) == []


def test_a_failing_job_leaves_nothing_is_seen_and_is_tried_again_after_growing_pauses(queue):
    put(queue, "fail")
    pauses, at = [], now()
    for _ in range(3):
        with clock.at(at):
            assert run_next(queue, WORKS, Bell())
            assert not run_next(queue, WORKS, Bell())
        (job,) = jobs(queue)
        due = job.due_at.replace(tzinfo=at.tzinfo)
        pauses.append((due - at).seconds)
        at = due

    assert (pauses, letters(queue)) == ([20, 40, 80], [])
    assert (job.trouble, job.failed_at) == ("ZeroDivisionError: the road is closed", None)


def test_after_so_many_tries_a_job_has_failed_and_stays_to_be_seen(queue):
    put(queue, "fail")
    for day in range(MOST_TRIES):
        with clock.at(now() + timedelta(days=day)):
            run_next(queue, WORKS, Bell())

    with clock.at(now() + timedelta(days=99)):
        assert not run_next(queue, WORKS, Bell())
    assert jobs(queue)[0].failed_at is not None


def test_a_job_that_nobody_knows_is_trouble_and_no_end_of_the_worker(queue):
    put(queue, "unheard of")

    assert run_next(queue, WORKS, Bell())
    assert "KeyError" in jobs(queue)[0].trouble


def test_a_leased_job_is_nobody_else_s_until_the_lease_is_over(queue):
    put(queue)
    with transaction(queue) as db:
        take(db)
    assert not run_next(queue, WORKS, Bell())

    with clock.at(now() + LEASE + timedelta(seconds=1)):
        assert run_next(queue, WORKS, Bell())
    assert letters(queue) == ["ane@fjordlys.example"]


def test_a_slow_worker_whose_job_was_taken_over_changes_nothing(queue):
    """The slow one comes back an hour later; the other has done it meanwhile."""
    put(queue)

    with transaction(queue) as db:
        slow = take(db)
    with clock.at(now() + LEASE * 2):
        run_next(queue, WORKS, Bell())
    with transaction(queue) as db:
        assert _still_ours(db, slow) is None
    assert letters(queue) == ["ane@fjordlys.example"]


def test_a_job_that_always_ends_the_process_fails_in_the_end(queue):
    put(queue)
    for hour in range(MOST_TRIES):
        with clock.at(now() + timedelta(hours=hour)), transaction(queue) as db:
            assert take(db)

    with clock.at(now() + timedelta(hours=99)):
        assert not run_next(queue, WORKS, Bell())
    (job,) = jobs(queue)
    assert (job.failed_at is not None, "never came back" in job.trouble) == (True, True)


def test_many_workers_at_once_do_each_job_once(queue):
    for n in range(12):
        put(queue, to=f"{n}@example")

    def drain():
        while run_next(queue, WORKS, Bell()):
            pass

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    while run_next(queue, WORKS, Bell()):
        pass
    assert sorted(letters(queue)) == sorted(f"{n}@example" for n in range(12))


def test_a_job_that_is_wanted_once_is_there_once(queue):
    for _ in range(3):
        put(queue, once="digest 2026-11-22")
    run_next(queue, WORKS, Bell())
    put(queue, once="digest 2026-11-22")

    assert len(jobs(queue)) == 1


def test_two_who_want_the_same_once_at_the_same_moment_both_go_on(queue):
    ready, told = threading.Barrier(2), []

    def want():
        with transaction(queue) as db:
            if queue.dialect.name == "postgresql":
                db.exec(select(Job.id)).all()
                ready.wait()
            enqueue(db, "write", once="the same")
        told.append("went on")

    threads = [threading.Thread(target=want) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (told, len(jobs(queue))) == (["went on"] * 2, 1)


def test_a_clock_that_jumps_back_delays_and_loses_nothing(queue):
    with clock.at(now() + timedelta(hours=2)):
        put(queue)
    assert not run_next(queue, WORKS, Bell())

    with clock.at(now() + timedelta(hours=2)):
        assert run_next(queue, WORKS, Bell())
    assert letters(queue) == ["ane@fjordlys.example"]


def test_the_age_of_the_queue_is_that_of_the_oldest_job_that_is_due(queue):
    put(queue, due_at=now() + timedelta(days=3))
    with transaction(queue) as db:
        assert queue_age(db) is None
    put(queue)
    with transaction(queue) as db:
        assert queue_age(db) is not None
