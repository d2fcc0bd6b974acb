package io.gatehouse.release;

import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.ProvenRollback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
public class StageRows {

    private final JdbcClient jdbc;
    private final PlanTemplates planTemplates;

    StageRows(JdbcClient jdbc, PlanTemplates planTemplates) {
        this.jdbc = jdbc;
        this.planTemplates = planTemplates;
    }

    /** Whoever enters a stage or makes room in one does so one after the other. */
    void lockEntrance() {
        jdbc.sql("select id from release_stage_entrance where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    long open(Release release, String stage, String tested, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_stage_run (release_number, stage, tested_sha256, opened_at)
                values (:release, :stage, :tested, :openedAt)""")
                .param("release", release.stored())
                .param("stage", stage)
                .param("tested", tested)
                .param("openedAt", utc(now))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    void waitFor(long run, String reason) {
        jdbc.sql("update release_stage_run set waits_for = ? where id = ?")
                .params(reason, run)
                .update();
    }

    void enter(long run, String environment, Instant now) {
        jdbc.sql("update release_stage_run set waits_for = null, held_environment = ?, entered_at = ? where id = ?")
                .params(environment, utc(now), run)
                .update();
    }

    void carriedBy(long run, String change, Carrier carrier) {
        jdbc.sql(
                        """
                update release_stage_run set change_number = ?, carrier_type = ?, carrier_because = ?
                where id = ?""")
                .params(change, carrier.type().name(), carrier.because(), run)
                .update();
    }

    void rehearsedBy(long run, String change) {
        jdbc.sql("update release_stage_run set rehearsal_change = ? where id = ?")
                .params(change, run)
                .update();
    }

    void rehearsed(long run, ProvenRollback proof) {
        jdbc.sql(
                        """
                update release_stage_run set rehearsal_rollout = :rollout, rehearsal_ended_at = :endedAt,
                  rehearsal_steps = :steps, rehearsal_micros = :micros
                where id = :run""")
                .param("rollout", proof.rollout())
                .param("endedAt", utc(proof.endedAt()))
                .param("steps", proof.steps())
                .param("micros", proof.took() == null ? null : micros(proof.took()))
                .param("run", run)
                .update();
    }

    static long micros(Duration took) {
        return took.toNanos() / 1000;
    }

    /** By what it is deployed. */
    void plannedBy(long run, String template, String sha256) {
        jdbc.sql("update release_stage_run set rollout_plan = ?, rollout_plan_sha256 = ? where id = ?")
                .params(template, sha256, run)
                .update();
    }

    /**
     * Writes down what a seat said, and returns it as it is written.
     *
     * @throws org.springframework.dao.DuplicateKeyException if it has said something in this round, or one of the two has
     */
    StageSignOff sign(StageSignOff said) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_stage_sign_off (run_id, sign_off_round, seat, person, in_place_of, said, note, signed_at)
                values (:run, :round, :seat, :person, :inPlaceOf, :said, :note, :at)""")
                .param("run", said.run())
                .param("round", said.round())
                .param("seat", said.seat())
                .param("person", said.person())
                .param("inPlaceOf", said.inPlaceOf())
                .param("said", said.said().name())
                .param("note", said.note())
                .param("at", utc(said.signedAt()))
                .update(key, "id");
        return said.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    void deployed(long run, Instant now) {
        jdbc.sql("update release_stage_run set deployed_at = ? where id = ?")
                .params(utc(now), run)
                .update();
    }

    void ask(long run, StageTest test, Instant now) {
        jdbc.sql(
                        """
                insert into release_test (run_id, name, asked_group, required_percent, asked_at)
                values (:run, :name, :group, :percent, :askedAt)""")
                .param("run", run)
                .param("name", test.name())
                .param("group", test.askedGroup())
                .param("percent", test.requiredPercent())
                .param("askedAt", utc(now))
                .update();
    }

    void record(long test, TestResult result, String by, Instant now) {
        jdbc.sql(
                        """
                update release_test set passed = :passed, failed = :failed, skipped = :skipped, link = :link,
                  report_sha256 = :digest, note = :note, recorded_by = :by, recorded_at = :at
                where id = :id""")
                .param("passed", result.passed())
                .param("failed", result.failed())
                .param("skipped", result.skipped())
                .param("link", result.link())
                .param("digest", result.reportSha256())
                .param("note", result.note())
                .param("by", by)
                .param("at", utc(now))
                .param("id", test)
                .update();
    }

    /** It leaves the stage, and so its environment. */
    void end(long run, StageRun.Outcome outcome, @Nullable String reason, @Nullable String by, Instant now) {
        jdbc.sql(
                        """
                update release_stage_run set outcome = :outcome, reason = :reason, signed_off_by = :by,
                  ended_at = :at, held_environment = null, waits_for = null
                where id = :id""")
                .param("outcome", outcome.name())
                .param("reason", reason)
                .param("by", by)
                .param("at", utc(now))
                .param("id", run)
                .update();
    }

    /** Whoever signs it off does so for somebody else. */
    void signedOffInPlaceOf(long run, String person) {
        jdbc.sql("update release_stage_run set signed_off_in_place_of = ? where id = ?")
                .params(person, run)
                .update();
    }

    /** It has passed, but is to go through it again. */
    void annul(long run, String reason) {
        jdbc.sql("update release_stage_run set outcome = 'VOID', reason = ? where id = ?")
                .params(reason, run)
                .update();
    }

    /** Each time a release went through a stage, oldest first. */
    public List<StageRun> of(String release) {
        Map<Long, List<TestRun>> tests = new HashMap<>();
        jdbc.sql(
                        """
                select t.* from release_test t join release_stage_run r on r.id = t.run_id
                where r.release_number = ? order by t.id""")
                .param(release)
                .query(row -> {
                    tests.computeIfAbsent(row.getLong("run_id"), run -> new ArrayList<>())
                            .add(test(row));
                });
        Map<Long, List<StageSignOff>> signOffs = new HashMap<>();
        jdbc.sql(
                        """
                select s.* from release_stage_sign_off s join release_stage_run r on r.id = s.run_id
                where r.release_number = ? order by s.id""")
                .param(release)
                .query(row -> {
                    signOffs.computeIfAbsent(row.getLong("run_id"), run -> new ArrayList<>())
                            .add(signOff(row));
                });
        return compared(jdbc.sql("select * from release_stage_run where release_number = ? order by id")
                .param(release)
                .query((row, i) -> run(
                        row,
                        tests.getOrDefault(row.getLong("id"), List.of()),
                        signOffs.getOrDefault(row.getLong("id"), List.of())))
                .list());
    }

    /** With whether what they were deployed by is still written like that. */
    private List<StageRun> compared(List<StageRun> runs) {
        Set<String> templates = runs.stream()
                .map(StageRun::rolloutPlan)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (templates.isEmpty()) {
            return runs;
        }
        Map<String, String> written = planTemplates.digests(templates);
        return runs.stream().map(run -> run.compared(written)).toList();
    }

    /** Each time that one of some releases passed a stage, by what is stored of its number; without tests and sign-offs. */
    Map<String, List<StageRun>> passed(Collection<String> releases) {
        if (releases.isEmpty()) {
            return Map.of();
        }
        return compared(jdbc.sql(
                                "select * from release_stage_run where release_number in (:releases) and outcome = 'PASSED'")
                        .param("releases", releases)
                        .query((row, i) -> run(row, List.of(), List.of()))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(StageRun::release));
    }

    /** What is stored of the numbers of those that wait to enter a stage, who came first first. */
    List<String> waiting() {
        return jdbc.sql(
                        """
                select release_number from release_stage_run
                where ended_at is null and entered_at is null order by id""")
                .query(String.class)
                .list();
    }

    /** What is stored of the numbers of releases that are deployed in a stage. */
    List<String> deployed() {
        return jdbc.sql(
                        """
                select release_number from release_stage_run
                where ended_at is null and deployed_at is not null order by id""")
                .query(String.class)
                .list();
    }

    /** Who has an environment to itself, by what is stored of its number. */
    Optional<String> holderOf(String environment) {
        return jdbc.sql("select release_number from release_stage_run where held_environment = ?")
                .param(environment)
                .query(String.class)
                .optional();
    }

    Optional<TestRun> test(long id) {
        return jdbc.sql("select * from release_test where id = ?")
                .param(id)
                .query((row, i) -> test(row))
                .optional();
    }

    /** What is stored of the number of the release that a test is about. */
    Optional<String> releaseOf(long test) {
        return jdbc.sql(
                        """
                select r.release_number from release_test t join release_stage_run r on r.id = t.run_id
                where t.id = ?""")
                .param(test)
                .query(String.class)
                .optional();
    }

    /** The stay in a stage that a test is about, without its tests and sign-offs. */
    Optional<StageRun> runOf(long test) {
        return jdbc.sql("select r.* from release_stage_run r join release_test t on r.id = t.run_id where t.id = ?")
                .param(test)
                .query((row, i) -> run(row, List.of(), List.of()))
                .optional();
    }

    private static StageRun run(ResultSet row, List<TestRun> tests, List<StageSignOff> signOffs) throws SQLException {
        String outcome = row.getString("outcome");
        return new StageRun(
                row.getLong("id"),
                row.getString("release_number"),
                row.getString("stage"),
                row.getString("tested_sha256"),
                known(row, "opened_at"),
                row.getString("waits_for"),
                moment(row, "entered_at"),
                row.getString("held_environment"),
                row.getString("change_number"),
                Carrier.read(row.getString("carrier_type"), row.getString("carrier_because")),
                moment(row, "deployed_at"),
                outcome == null ? null : StageRun.Outcome.valueOf(outcome),
                row.getString("reason"),
                row.getString("signed_off_by"),
                row.getString("signed_off_in_place_of"),
                moment(row, "ended_at"),
                rehearsal(row),
                tests,
                signOffs,
                row.getString("rollout_plan"),
                row.getString("rollout_plan_sha256"),
                false);
    }

    private static StageSignOff signOff(ResultSet row) throws SQLException {
        return new StageSignOff(
                row.getLong("id"),
                row.getLong("run_id"),
                row.getInt("sign_off_round"),
                row.getString("seat"),
                row.getString("person"),
                row.getString("in_place_of"),
                StageSignOffs.SignOff.valueOf(row.getString("said")),
                row.getString("note"),
                known(row, "signed_at"));
    }

    private static @Nullable StageRehearsal rehearsal(ResultSet row) throws SQLException {
        String change = row.getString("rehearsal_change");
        String rollout = row.getString("rehearsal_rollout");
        Long micros = row.getObject("rehearsal_micros", Long.class);
        return change == null
                ? null
                : new StageRehearsal(
                        change,
                        rollout == null
                                ? null
                                : new ProvenRollback(
                                        rollout,
                                        known(row, "rehearsal_ended_at"),
                                        row.getInt("rehearsal_steps"),
                                        micros == null ? null : Duration.of(micros, ChronoUnit.MICROS)));
    }

    private static TestRun test(ResultSet row) throws SQLException {
        Instant recordedAt = moment(row, "recorded_at");
        return new TestRun(
                row.getLong("id"),
                row.getString("name"),
                row.getString("asked_group"),
                row.getInt("required_percent"),
                known(row, "asked_at"),
                recordedAt == null
                        ? null
                        : new TestResult(
                                row.getInt("passed"),
                                row.getInt("failed"),
                                row.getInt("skipped"),
                                row.getString("link"),
                                row.getString("report_sha256"),
                                row.getString("note")),
                row.getString("recorded_by"),
                recordedAt);
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(moment(row, column), column);
    }
}
