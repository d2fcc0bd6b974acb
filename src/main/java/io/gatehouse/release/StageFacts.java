package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.time.Duration;
import java.util.Date;
import java.util.List;

/** What the diagrams ask about the stages of a release; every answer is read from our tables. */
@CallableFromModels
class StageFacts {

    private final Releases releases;
    private final Stages stages;
    private final StageRehearsals rehearsals;
    private final StageSignOffs signOffs;

    StageFacts(Releases releases, Stages stages, StageRehearsals rehearsals, StageSignOffs signOffs) {
        this.releases = releases;
        this.stages = stages;
        this.rehearsals = rehearsals;
        this.signOffs = signOffs;
    }

    /** Whether it has to go through another stage, for "Stage left?". */
    public boolean left(String number) {
        return Stages.next(releases.find(number), stages.runs(number)).isPresent();
    }

    /** Whether it passed the stage that it was in last, for "Stage passed?". */
    public boolean passed(String number) {
        List<StageRun> runs = stages.runs(number);
        return runs.get(runs.size() - 1).outcome() == StageRun.Outcome.PASSED;
    }

    /** Whether it has the environment of its stage to itself, for "Entered?". */
    public boolean entered(String number) {
        return current(number).heldEnvironment() != null;
    }

    /** Whether its way back is to be tried out there first, for "Rehearse rollback?". */
    public boolean rehearses(String number) {
        return rehearsals.isDue(releases.find(number));
    }

    /** Whether a change tries the way back out, for "Rehearsal raised?". */
    public boolean rehearsing(String number) {
        return stages.find(releases.find(number)).map(StageRun::rehearsal).isPresent();
    }

    /** Whether everything came back, for "Rolled back?". */
    public boolean rehearsed(String number) {
        return stages.find(releases.find(number))
                .map(StageRun::rehearsal)
                .filter(rehearsal -> rehearsal.proof() != null)
                .isPresent();
    }

    /** Whether it is deployed in its stage, for "Deployed?". */
    public boolean deployed(String number) {
        return stages.find(releases.find(number))
                .filter(run -> run.deployedAt() != null)
                .isPresent();
    }

    /** The numbers of the tests without a result, for "Run test". */
    public List<String> tests(String number) {
        return current(number).tests().stream()
                .filter(test -> test.result() == null)
                .map(TestRun::number)
                .toList();
    }

    /** Whether its tests are to be done once more, for "Tests repeated?". */
    public boolean repeats(String number) {
        return stages.find(releases.find(number)).isPresent();
    }

    /** Whether a change deploys it in its stage, for "Stage change raised?". */
    public boolean carried(String number) {
        return stages.find(releases.find(number))
                .filter(run -> run.change() != null)
                .isPresent();
    }

    /** The role that signs off the stage it is in, for releases on their way since before a stage had several. */
    public String signOffGroup(String number) {
        return openSignOffs(number).get(0);
    }

    /** The seats that have not signed, for "Sign off stage"; never empty. */
    public List<String> openSignOffs(String number) {
        StageRun run = current(number);
        List<String> seats = run.missing(Stages.stageOf(releases.find(number), run));
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody is asked about " + number + ", which would let it pass");
        }
        return seats;
    }

    /** Whether nobody has anything left to say about whether it leaves its stage. */
    public boolean signedOff(String number) {
        return signOffs.isSignedOff(releases.find(number));
    }

    /** When it should leave its stage: at the end of the days planned for it, but not within a day of being deployed. */
    public Date dueAt(String number) {
        StageRun run = current(number);
        var planned = Stages.stageOf(releases.find(number), run).planned().endsAt();
        var earliest = (run.deployedAt() == null ? run.openedAt() : run.deployedAt()).plus(Duration.ofDays(1));
        return Date.from(planned.isBefore(earliest) ? earliest : planned);
    }

    /** The role or team that records the result of a test. */
    public String testGroup(String test) {
        return stages.test(test).askedGroup();
    }

    /** When a test should have a result. */
    public Date testDueAt(String test) {
        return dueAt(stages.releaseOf(test));
    }

    private StageRun current(String number) {
        return stages.current(releases.find(number));
    }
}
