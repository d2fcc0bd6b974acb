package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The dependencies between releases. Whoever adds one has locked the register and both releases. */
@Repository
class DependencyRows {

    private static final Set<String> UNDER_WAY = Arrays.stream(ReleaseState.values())
            .filter(state -> !state.isFinal())
            .map(ReleaseState::name)
            .collect(Collectors.toSet());

    private static final String READ =
            """
            select d.*, n.state as needed_state, n.manager as needed_manager
            from release_dependency d
            join software_release w on w.number = d.release_number
            join software_release n on n.number = d.needed_number
            where\s""";

    private final JdbcClient jdbc;
    private final ReleaseRows releases;
    private final StageRows stages;
    private final StageProgress progress;

    DependencyRows(JdbcClient jdbc, ReleaseRows releases, StageRows stages, StageProgress progress) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.stages = stages;
        this.progress = progress;
    }

    /** Has everybody else wait who would add a dependency. Before any release is locked. */
    void lockRegister() {
        jdbc.sql("select id from release_dependency_register for update")
                .query(Integer.class)
                .single();
    }

    /** What a release needs, also what was taken back, oldest first. */
    List<ReleaseDependency> of(String stored) {
        return judged(jdbc.sql(READ + "d.release_number = ? order by d.id")
                .param(stored)
                .query((row, i) -> map(row))
                .list());
    }

    /** What is in force of releases under way that need this one, oldest first. */
    List<ReleaseDependency> neededBy(String stored) {
        return judged(jdbc.sql(READ
                        + "d.needed_number = :number and d.in_force = true and w.state in (:underWay) order by d.id")
                .param("number", stored)
                .param("underWay", UNDER_WAY)
                .query((row, i) -> map(row))
                .list());
    }

    /** Whether something that a release needs converts stored data. */
    boolean needsDataMigration(String stored) {
        return jdbc.sql(
                                """
                        select count(*) from release_dependency d
                        join software_release n on n.number = d.needed_number
                        where d.release_number = ? and d.in_force = true and n.data_migration = true""")
                        .param(stored)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<ReleaseDependency> find(long id) {
        return judged(jdbc.sql(READ + "d.id = ?")
                        .param(id)
                        .query((row, i) -> map(row))
                        .list())
                .stream()
                .findFirst();
    }

    ReleaseDependency add(StageNeed need, String by, Instant at, @Nullable String because) {
        List<String> ends = List.of(
                stored(need.waiting()),
                need.waiting().stage(),
                stored(need.needed()),
                need.needed().stage());
        jdbc.sql(
                        """
                        insert into release_dependency (release_number, stage, needed_number, needed_stage, in_force,
                          added_by, added_at, added_because)
                        values (?, ?, ?, ?, true, ?, ?, ?)""")
                .params(ends)
                .params(by, utc(at), because)
                .update();
        return judged(jdbc.sql(
                                READ
                                        + """
                        d.release_number = ? and d.stage = ? and d.needed_number = ? and d.needed_stage = ?
                          and d.in_force = true""")
                        .params(ends)
                        .query((row, i) -> map(row))
                        .list())
                .get(0);
    }

    ReleaseDependency remove(ReleaseDependency dependency, String by, Instant at, String because) {
        jdbc.sql(
                        """
                        update release_dependency
                        set in_force = null, removed_by = ?, removed_at = ?, removed_because = ?
                        where id = ?""")
                .params(by, utc(at), because, dependency.id())
                .update();
        return find(dependency.id()).orElseThrow();
    }

    /** All releases under way and what they need; of the others only those that are retired and still needed. */
    StageGraph graph() {
        List<StageNeed> needs = new ArrayList<>();
        Set<String> retired = new TreeSet<>();
        jdbc.sql(
                        """
                        select d.release_number, d.stage, d.needed_number, d.needed_stage, n.state
                        from software_release w
                        join release_dependency d on d.release_number = w.number and d.in_force = true
                        join software_release n on n.number = d.needed_number
                        where w.state in (:underWay) and n.state <> 'CLOSED'""")
                .param("underWay", UNDER_WAY)
                .query(row -> {
                    needs.add(new StageNeed(
                            point(row, "release_number", "stage"), point(row, "needed_number", "needed_stage")));
                    if (ReleaseState.valueOf(row.getString("state")) == ReleaseState.RETIRED) {
                        retired.add(row.getString("needed_number"));
                    }
                });
        List<Release> all = releases.underWayAsTheyAre();
        Map<String, List<StageRun>> passed = stages.passed(all.stream()
                .filter(release -> !release.content().stages().isEmpty())
                .map(Release::stored)
                .toList());
        List<StagePlan> plans = new ArrayList<>();
        all.forEach(release -> plans.add(plan(release, passed.getOrDefault(release.stored(), List.of()))));
        retired.forEach(number -> plans.add(plan(releases.find(number).orElseThrow(), List.of())));
        return new StageGraph(plans, needs);
    }

    private static StagePlan plan(Release release, List<StageRun> passed) {
        ReleaseContent content = release.content();
        List<StagePlan.Planned> stages = new ArrayList<>();
        content.stages()
                .forEach(stage -> stages.add(new StagePlan.Planned(
                        stage.name(), stage.planned(), Stages.hasPassed(release, stage, passed))));
        stages.add(new StagePlan.Planned(StageGate.PRODUCTION, content.window(), false));
        return new StagePlan(
                release.number(), content.train(), release.state() == ReleaseState.RETIRED, List.copyOf(stages));
    }

    /** With whether each is met; of each stage that is needed that is asked once. */
    private List<ReleaseDependency> judged(List<ReleaseDependency> read) {
        Map<StagePoint, Boolean> through = new HashMap<>();
        return read.stream()
                .map(one -> one.judged(through.computeIfAbsent(
                        one.need().needed(),
                        needed -> progress.isThrough(stored(needed), one.needsState(), needed.stage()))))
                .toList();
    }

    private static StagePoint point(ResultSet row, String release, String stage) throws SQLException {
        return new StagePoint(ReleaseNumber.of(row.getString(release)), row.getString(stage));
    }

    private static String stored(StagePoint point) {
        return ReleaseNumber.find(point.release()).orElseThrow();
    }

    private static ReleaseDependency map(ResultSet row) throws SQLException {
        LocalDateTime removedAt = row.getObject("removed_at", LocalDateTime.class);
        return new ReleaseDependency(
                row.getLong("id"),
                ReleaseNumber.of(row.getString("release_number")),
                row.getString("stage"),
                ReleaseNumber.of(row.getString("needed_number")),
                row.getString("needed_stage"),
                ReleaseState.valueOf(row.getString("needed_state")),
                row.getString("needed_manager"),
                false,
                row.getString("added_by"),
                moment(row, "added_at"),
                row.getString("added_because"),
                row.getString("removed_by"),
                removedAt == null ? null : removedAt.toInstant(ZoneOffset.UTC),
                row.getString("removed_because"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
