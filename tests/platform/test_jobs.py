"""Long work: its owner's, in steps, each once, whatever is killed."""

import random
import time
from datetime import timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Post
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.models import NumberSeries
from fengsui.platform.jobs import queries, step, store
from fengsui.platform.jobs.actions import Start, cancel, pause, resume, start
from fengsui.platform.jobs.kinds import KINDS, JobKind, Work
from fengsui.platform.jobs.models import Job, Run
from fengsui.platform.ledger.verify import verify
from fengsui.platform.who import PostKind
from tests import make
from tests.house import house, kill
from tests.platform import tally

MINUTE = timedelta(minutes=1)


def started(who, kind="tally", **arguments):
    form = Start(kind=kind, arguments=arguments)
    return perform(start, None, make.call(who), form).made


def job_of(who, job_id):
    found = queries.job_page(who, job_id)
    assert found is not None
    return found


def taken(now):
    run = store.take(now, 60)
    assert run is not None
    return run


def work(count=10_000, now=make.NOON):
    """The worker's steps until nothing is due; how many."""
    return next(n for n in range(count + 1) if n == count or not step.step(now))


def counted():
    series = NumberSeries.objects.filter(kind="tally").first()
    return series.next - 1 if series else 0


@pytest.mark.django_db
class TestSteps:
    def test_a_job_is_done_step_by_step_and_says_how_far_it_is(self):
        who = make.who()
        job_id = started(who)
        assert work(3) == 3
        job = job_of(who, job_id)
        assert (job.state, job.run.done, job.run.total, job.run.words) == (
            "running",
            3,
            tally.STEPS,
            "第 3 步",
        )

        work()

        job = job_of(who, job_id)
        assert (job.state, job.run.done, counted()) == ("done", tally.STEPS, tally.STEPS)

    def test_a_job_is_nobody_elses(self):
        job_id = started(make.who())
        other = make.who()

        assert queries.job_page(other, job_id) is None
        with pytest.raises(Refusal, match="not-found"):
            perform(cancel, job_id, make.call(other), Nothing())
        assert Job.objects.get().state == "queued"

    def test_cancelling_takes_effect_at_the_next_step(self):
        who = make.who()
        job_id = started(who)
        work(5)

        perform(cancel, job_id, make.call(who), Nothing())

        assert (work(), counted(), Job.objects.get().state) == (0, 5, "cancelled")

    def test_the_step_under_way_when_a_job_is_stopped_is_not_kept(self):
        who = make.who()
        job_id = started(who)
        work(5)
        run = taken(make.NOON)
        perform(pause, job_id, make.call(who), Nothing())

        with pytest.raises(store.LeaseLost):
            store.keep(run, tally._step(_work(run)), make.NOON)

        assert (counted(), queries.run_of(job_id).done) == (5, 5)

    def test_resuming_goes_on_from_the_last_step(self):
        who = make.who()
        job_id = started(who)
        work(5)
        perform(pause, job_id, make.call(who), Nothing())
        store.folder(job_id).mkdir(parents=True, exist_ok=True)

        perform(resume, job_id, make.call(who), Nothing())
        work()

        assert (counted(), Job.objects.get().state) == (tally.STEPS, "done")

    def test_a_step_belongs_to_one_worker_until_its_lease_ends(self):
        started(make.who())
        mine = taken(make.NOON)

        assert store.take(make.NOON + timedelta(seconds=59), 60) is None
        theirs = taken(make.NOON + timedelta(seconds=61))
        assert theirs.job_id == mine.job_id
        with pytest.raises(store.LeaseLost):
            store.keep(mine, tally._step(_work(mine)), make.NOON)
        store.keep(theirs, tally._step(_work(theirs)), make.NOON)
        assert counted() == 1

    def test_a_step_that_fails_is_tried_again_and_then_the_job_fails_with_the_reason(
        self, monkeypatch
    ):
        who = make.who()
        job_id = started(who)

        def broken(_work):
            raise RuntimeError("no")

        monkeypatch.setitem(
            KINDS,
            "tally",
            JobKind("tally", frozenset(), lambda _said: "", broken),
        )
        moments = []
        for n in range(5):
            now = (Run.objects.get().due_at if n else None) or make.NOON
            moments.append((now - make.NOON).total_seconds())
            step.step(now)

        # five attempts, 5 s and then twice as long each time (JOB-LIMITS)
        assert moments == [0, 5, 15, 35, 75]
        job = job_of(who, job_id)
        assert (job.state, job.error) == ("failed", "RuntimeError('no')")

    def test_the_owner_who_left_his_post_ends_the_job(self):
        who = make.who()
        started(who)
        Post.objects.filter(user=who.user_id).update(state="ended")

        work()

        assert (Job.objects.get().state, counted()) == ("failed", 0)

    def test_a_post_has_three_jobs_at_a_time(self):
        who = make.who()
        for _ in range(3):
            started(who)

        with pytest.raises(Refusal, match="too-many-jobs"):
            started(who)
        assert Job.objects.count() == Run.objects.count() == 3

    def test_an_unknown_job_and_a_wrong_post_are_refused(self):
        with pytest.raises(Refusal, match="job-unknown"):
            started(make.who(), "nonsense")
        with pytest.raises(Refusal, match="forbidden"):
            started(make.who(PostKind.SYSTEM_ADMIN), "tally")
        assert not Job.objects.exists()

    def test_jobs_take_turns(self):
        first, second = started(make.who()), started(make.who())
        now = make.NOON
        for _ in range(10):
            step.step(now)
            now += timedelta(milliseconds=1)

        assert queries.run_of(first).done == queries.run_of(second).done == 5


def _work(run):
    return Work(
        job_id=run.job_id,
        who=make.who(),
        arguments={},
        checkpoint=run.checkpoint,
        done=run.done,
        total=run.total,
        folder=store.folder(run.job_id),
    )


@pytest.mark.django_db
def test_a_result_is_kept_as_long_as_the_rulebook_says():
    who = make.who()
    job_id = started(who, "export-premises")
    work()
    job = job_of(who, job_id)
    assert store.result(job)

    assert step.sweep(make.NOON + timedelta(days=7) - MINUTE) == 0
    assert step.sweep(make.NOON + timedelta(days=7)) == 1

    assert not store.folder(job_id).exists()
    with pytest.raises(Refusal, match="job-expired"):
        store.result(job)


@pytest.mark.django_db
def test_steps_of_a_job_leave_the_ledger_in_order():
    started(make.who())
    work()

    assert [said for said in verify().wrong if "jobs." in said] == []


SHORT_LEASES = """
- id: JOB-LIMITS
  type: value
  title: 后台作业的限度
  value: {lease_seconds: 1, attempts: 100, first_wait_seconds: 1, per_post: 3, result_days: 7, export_rows_a_step: 1000}
  source: 试验
  tag: D
  region: ""
  effective_from: 2009-01-01
  text: 试验用的短租约。
"""
BEGIN = """
from tests import make
from tests.platform import tally
from fengsui.platform.actions import perform
from fengsui.platform.jobs.actions import Start, start
perform(start, None, make.call(make.who()), Start(kind="tally"))
"""
WORK = "from tests.platform import tally; tally.work()"
CARELESS = "from tests.platform import tally; tally.work_carelessly()"
STANDING = """
from fengsui.platform.documents.models import NumberSeries
from fengsui.platform.jobs.kinds import KINDS, JobKind, Work
from fengsui.platform.jobs.models import Job
print(Job.objects.get().state, NumberSeries.objects.get(kind="tally").next - 1)
"""


@pytest.fixture
def built():
    with house() as made:
        rules = made.home / "rules"
        rules.mkdir()
        (rules / "jobs.yaml").write_text(SHORT_LEASES)
        made.run(BEGIN)
        yield made


@pytest.mark.slow
def test_killed_twelve_times_among_three_workers_each_step_counts_once(built):
    chance = random.Random(12)
    workers = [built.start(WORK) for _ in range(3)]
    for _ in range(12):
        worker = workers.pop(0)
        for _line in range(chance.randint(0, 3)):
            worker.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        kill(worker)
        workers.append(built.start(WORK))
    for worker in workers:
        worker.communicate(timeout=120)

    assert built.run(STANDING).split() == ["done", str(tally.STEPS)]


@pytest.mark.slow
def test_control_without_lease_and_swap_two_workers_count_double(built):
    workers = [built.start(CARELESS) for _ in range(2)]
    for worker in workers:
        worker.communicate(timeout=120)

    assert int(built.run(STANDING).split()[1]) > tally.STEPS
