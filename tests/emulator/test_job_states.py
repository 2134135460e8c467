"""States as a function of the clock: whatever happens to a job, they go one way."""

from hypothesis import given
from hypothesis import strategies as st

from cloud_backup_emulator.job_states import BUSY, STOPPING, Job

ORDER = ["StartRequested", "Queued", "Preparing", "InProgress", "StopRequested"]
milliseconds = st.integers(0, 10**7)


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    started, work = draw(st.integers(0, 10**13)), draw(milliseconds)
    job = Job(started, work)
    if draw(st.booleans()):
        stopped = draw(st.integers(started, job.ends - 1))
        return Job(started, work, stopped)
    return job


@given(job=jobs(), steps=st.lists(milliseconds, max_size=20))
def test_states_go_forward_and_end_for_good(job: Job, steps: list[int]) -> None:
    now, seen = job.started, [job.state(job.started)]
    for step in steps:
        now += step
        seen.append(job.state(now))

    busy = [ORDER.index(state.name) for state in seen if state.name in BUSY]
    assert busy == sorted(busy)
    finals = [state for state in seen if state.name not in BUSY]
    assert seen[len(seen) - len(finals) :] == finals
    assert len(set(finals)) <= 1
    since = [state.since for state in seen]
    assert since == sorted(since)
    assert all(state.since <= now for state in seen)


@given(job=jobs())
def test_a_job_ends_when_it_says(job: Job) -> None:
    assert job.state(job.ends - 1).name in BUSY
    assert job.state(job.ends).name == ("Completed" if job.stopped is None else "Stopped")
    assert job.state(job.ends).since == job.ends
    if job.stopped is not None:
        assert job.ends - job.stopped == STOPPING
        assert job.share_done(job.ends) == job.share_done(job.stopped)
    assert 0 <= job.share_done(job.ends) <= 1
