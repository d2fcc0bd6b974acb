package io.gatehouse.release;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
public class ReleaseRows {

    private final JdbcClient jdbc;

    ReleaseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next number of a year. Whoever else wants one of this year waits until the transaction ends. */
    String nextNumber(int year) {
        if (!countUp(year)) {
            try {
                jdbc.sql("insert into software_release_number (given_in, last) values (?, 1)")
                        .param(year)
                        .update();
            } catch (DuplicateKeyException another) {
                countUp(year);
            }
        }
        return ReleaseNumber.stored(
                year,
                jdbc.sql("select last from software_release_number where given_in = ?")
                        .param(year)
                        .query(Long.class)
                        .single());
    }

    private boolean countUp(int year) {
        return jdbc.sql("update software_release_number set last = last + 1 where given_in = ?")
                        .param(year)
                        .update()
                == 1;
    }

    Release insert(Release release) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        bind(
                        """
                insert into software_release (number, version, state, name, description, manager, ready_on,
                  environment_key, window_starts_at, window_ends_at, implementation_plan, test_plan, backout_plan,
                  communication_plan, data_migration, downtime, backout_tested, if_not_done, train_key, series, template,
                  stages, change_template, rollout_plan, planned_by, planned_at)
                values (:number, :version, :state, :name, :description, :manager, :readyOn, :environment, :startsAt,
                  :endsAt, :implementation, :test, :backout, :communication, :dataMigration, :downtime,
                  :backoutTested, :ifNotDone, :train, :series, :template, :stages, :changeTemplate, :rolloutPlan, :plannedBy,
                  :plannedAt)""",
                        release)
                .param("number", release.stored())
                .param("plannedBy", release.plannedBy())
                .param("plannedAt", utc(release.plannedAt()))
                .update(key, "id");
        Release inserted =
                release.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
        insertItems(inserted);
        insertSeats(inserted);
        inserted.authors().forEach(person -> insertAuthor(inserted, person));
        return inserted;
    }

    /** @throws OptimisticLockingFailureException if it is no longer as it was read */
    void update(Release before, Release release) {
        ReleaseProgress progress = release.progress();
        Carrier carrier = progress.carrier();
        int written = bind(
                        """
                update software_release set version = :version, state = :state, name = :name,
                  description = :description, manager = :manager, ready_on = :readyOn,
                  environment_key = :environment, window_starts_at = :startsAt, window_ends_at = :endsAt,
                  implementation_plan = :implementation, test_plan = :test, backout_plan = :backout,
                  communication_plan = :communication, data_migration = :dataMigration, downtime = :downtime,
                  backout_tested = :backoutTested, if_not_done = :ifNotDone, train_key = :train,
                  series = :series, template = :template, stages = :stages, change_template = :changeTemplate,
                  rollout_plan = :rolloutPlan,
                  confirmed_by = :confirmedBy, confirmed_at = :confirmedAt, change_number = :change,
                  carrier_type = :carrierType, carrier_because = :carrierBecause, waits_for = :waitsFor,
                  returned_because = :returnedBecause, retired_because = :retiredBecause, ended_at = :endedAt
                where id = :id and version = :version - 1""",
                        release)
                .param("id", release.id())
                .param("confirmedBy", progress.confirmedBy())
                .param("confirmedAt", utc(progress.confirmedAt()))
                .param("change", progress.change())
                .param("carrierType", carrier == null ? null : carrier.type().name())
                .param("carrierBecause", carrier == null ? null : carrier.because())
                .param("waitsFor", progress.waitsFor())
                .param("returnedBecause", progress.returnedBecause())
                .param("retiredBecause", progress.retiredBecause())
                .param("endedAt", utc(progress.endedAt()))
                .update();
        if (written != 1) {
            throw new OptimisticLockingFailureException(release.number() + " was altered since it was read");
        }
        if (!release.content().items().equals(before.content().items())) {
            jdbc.sql("delete from software_release_item where release_number = ?")
                    .param(release.stored())
                    .update();
            insertItems(release);
        }
        if (!release.content().seats().equals(before.content().seats())) {
            jdbc.sql("delete from software_release_seat where release_number = ?")
                    .param(release.stored())
                    .update();
            insertSeats(release);
        }
        release.authors().stream()
                .filter(person -> !before.authors().contains(person))
                .forEach(person -> insertAuthor(release, person));
    }

    private JdbcClient.StatementSpec bind(String sql, Release release) {
        ReleaseContent content = release.content();
        return jdbc.sql(sql)
                .param("version", release.version())
                .param("state", release.state().name())
                .param("name", content.name())
                .param("description", content.description())
                .param("manager", content.manager())
                .param("readyOn", content.readyOn())
                .param("environment", content.environment())
                .param("startsAt", utc(content.window().startsAt()))
                .param("endsAt", utc(content.window().endsAt()))
                .param("implementation", content.plans().implementation())
                .param("test", content.plans().test())
                .param("backout", content.plans().backout())
                .param("communication", content.plans().communication())
                .param("dataMigration", content.questionnaire().dataMigration())
                .param("downtime", content.questionnaire().downtime())
                .param("backoutTested", content.questionnaire().backoutTested())
                .param("ifNotDone", content.questionnaire().ifNotDone())
                .param("train", content.train())
                .param("series", content.series())
                .param("template", content.template())
                .param("stages", StoredStages.write(content.stages()))
                .param("changeTemplate", content.changeTemplate())
                .param("rolloutPlan", content.rolloutPlan());
    }

    private void insertItems(Release release) {
        for (Artifact item : release.content().items()) {
            jdbc.sql(
                            """
                    insert into software_release_item (release_number, service_key, new_version, new_digest)
                    values (:release, :service, :version, :digest)""")
                    .param("release", release.stored())
                    .param("service", item.service())
                    .param("version", item.version())
                    .param("digest", item.digest())
                    .update();
        }
    }

    private void insertSeats(Release release) {
        for (GoNoGoSeat seat : release.content().seats()) {
            jdbc.sql("insert into software_release_seat (release_number, seat, veto) values (?, ?, ?)")
                    .params(release.stored(), seat.seat(), seat.veto())
                    .update();
        }
    }

    private void insertAuthor(Release release, String person) {
        jdbc.sql("insert into software_release_author (release_number, person) values (?, ?)")
                .params(release.stored(), person)
                .update();
    }

    Optional<Release> find(String stored) {
        return read("r.number = :number", "", Map.of("number", stored)).stream().findFirst();
    }

    /** Locks it until the transaction ends. */
    Optional<Release> lock(String stored) {
        return read("r.number = :number", " for update", Map.of("number", stored)).stream()
                .findFirst();
    }

    /** Where a change brings a release. */
    enum Destination {
        PRODUCTION,
        STAGE,
        /** To the environment of a stage and back. */
        REHEARSAL
    }

    /** A release that a change brings somewhere. */
    record Carried(String number, Destination destination) {}

    Optional<Carried> carriedBy(String change) {
        return jdbc.sql(
                        """
                select number, 'PRODUCTION' from software_release where change_number = :change
                union all
                select release_number, 'STAGE' from release_stage_run
                where change_number = :change and ended_at is null
                union all
                select release_number, 'REHEARSAL' from release_stage_run
                where rehearsal_change = :change and ended_at is null""")
                .param("change", change)
                .query((row, i) ->
                        new Carried(ReleaseNumber.of(row.getString(1)), Destination.valueOf(row.getString(2))))
                .optional();
    }

    /** The numbers of those for which somebody or something has to do something, oldest first. */
    List<String> underWay() {
        return jdbc
                .sql(
                        "select number from software_release where state in ('PREPARING', 'TESTING', 'DECIDING', 'WAITING', 'DEPLOYING') order by id")
                .query(String.class)
                .list()
                .stream()
                .map(ReleaseNumber::of)
                .toList();
    }

    /** The numbers of those that wait in front of production, oldest first. */
    List<String> waiting() {
        return jdbc.sql("select number from software_release where state = 'WAITING' order by id")
                .query((row, i) -> ReleaseNumber.of(row.getString("number")))
                .list();
    }

    /** All that are not over, oldest first. */
    List<Release> underWayAsTheyAre() {
        return read(
                "r.state in (:states)",
                " order by r.id",
                Map.of(
                        "states",
                        Arrays.stream(ReleaseState.values())
                                .filter(state -> !state.isFinal())
                                .map(ReleaseState::name)
                                .toList()));
    }

    /** Newest first. */
    public List<Release> list(ReleaseFilter filter, long before, int limit) {
        Map<String, Object> values = new HashMap<>(Map.of("before", before, "limit", limit));
        List<String> conditions = new ArrayList<>(List.of("r.id < :before"));
        if (filter.state() != null) {
            conditions.add("r.state = :state");
            values.put("state", filter.state().name());
        }
        if (filter.manager() != null) {
            conditions.add("r.manager = :manager");
            values.put("manager", filter.manager());
        }
        if (filter.service() != null) {
            conditions.add(
                    """
                    exists (select 1 from software_release_item i
                    where i.release_number = r.number and i.service_key = :service)""");
            values.put("service", filter.service());
        }
        if (filter.train() != null) {
            conditions.add("r.train_key = :train");
            values.put("train", filter.train());
        }
        if (filter.series() != null) {
            conditions.add(
                    """
                    coalesce((select t.series from release_train t where t.train_key = r.train_key), r.series)
                    = :series""");
            values.put("series", filter.series());
        }
        return read(String.join(" and ", conditions), " order by r.id desc limit :limit", values);
    }

    private List<Release> read(String condition, String end, Map<String, ?> values) {
        List<Release> bare = jdbc.sql("select r.* from software_release r where " + condition + end)
                .params(values)
                .query((row, i) -> map(row))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        List<String> numbers = bare.stream().map(Release::stored).toList();
        Map<String, List<Artifact>> items = items(numbers);
        Map<String, SortedSet<String>> authors = authors(numbers);
        Map<String, List<GoNoGoSeat>> seats = seats(numbers);
        return bare.stream()
                .map(release -> complete(
                        release,
                        items.getOrDefault(release.stored(), List.of()),
                        seats.getOrDefault(release.stored(), List.of()),
                        authors.getOrDefault(release.stored(), new TreeSet<>())))
                .toList();
    }

    private Map<String, List<Artifact>> items(Collection<String> numbers) {
        Map<String, List<Artifact>> items = new HashMap<>();
        jdbc.sql("select * from software_release_item where release_number in (:numbers)")
                .param("numbers", numbers)
                .query(row -> {
                    items.computeIfAbsent(row.getString("release_number"), number -> new ArrayList<>())
                            .add(new Artifact(
                                    row.getString("service_key"),
                                    row.getString("new_version"),
                                    row.getString("new_digest")));
                });
        return items;
    }

    private Map<String, List<GoNoGoSeat>> seats(Collection<String> numbers) {
        Map<String, List<GoNoGoSeat>> seats = new HashMap<>();
        jdbc.sql("select * from software_release_seat where release_number in (:numbers)")
                .param("numbers", numbers)
                .query(row -> {
                    seats.computeIfAbsent(row.getString("release_number"), number -> new ArrayList<>())
                            .add(new GoNoGoSeat(row.getString("seat"), row.getBoolean("veto")));
                });
        return seats;
    }

    private Map<String, SortedSet<String>> authors(Collection<String> numbers) {
        Map<String, SortedSet<String>> authors = new HashMap<>();
        jdbc.sql("select * from software_release_author where release_number in (:numbers)")
                .param("numbers", numbers)
                .query(row -> {
                    authors.computeIfAbsent(row.getString("release_number"), number -> new TreeSet<>())
                            .add(row.getString("person"));
                });
        return authors;
    }

    private static Release complete(
            Release bare, List<Artifact> items, List<GoNoGoSeat> seats, SortedSet<String> authors) {
        ReleaseContent content = bare.content();
        return new Release(
                bare.id(),
                bare.stored(),
                bare.version(),
                new ReleaseContent(
                        content.name(),
                        content.description(),
                        content.manager(),
                        content.train(),
                        content.series(),
                        content.readyOn(),
                        content.environment(),
                        content.window(),
                        content.plans(),
                        content.questionnaire(),
                        items,
                        seats,
                        content.stages(),
                        content.template(),
                        content.changeTemplate(),
                        content.rolloutPlan()),
                authors,
                bare.progress(),
                bare.plannedBy(),
                bare.plannedAt());
    }

    private static Release map(ResultSet row) throws SQLException {
        return new Release(
                row.getLong("id"),
                row.getString("number"),
                row.getLong("version"),
                content(row),
                new TreeSet<>(),
                new ReleaseProgress(
                        ReleaseState.valueOf(row.getString("state")),
                        row.getString("confirmed_by"),
                        moment(row, "confirmed_at"),
                        row.getString("change_number"),
                        Carrier.read(row.getString("carrier_type"), row.getString("carrier_because")),
                        row.getString("waits_for"),
                        row.getString("returned_because"),
                        row.getString("retired_because"),
                        moment(row, "ended_at")),
                row.getString("planned_by"),
                known(row, "planned_at"));
    }

    private static ReleaseContent content(ResultSet row) throws SQLException {
        return new ReleaseContent(
                row.getString("name"),
                row.getString("description"),
                row.getString("manager"),
                row.getString("train_key"),
                row.getString("series"),
                row.getObject("ready_on", LocalDate.class),
                row.getString("environment_key"),
                new Window(known(row, "window_starts_at"), known(row, "window_ends_at")),
                new Plans(
                        row.getString("implementation_plan"),
                        row.getString("test_plan"),
                        row.getString("backout_plan"),
                        row.getString("communication_plan")),
                new Questionnaire(
                        row.getBoolean("data_migration"),
                        row.getBoolean("downtime"),
                        row.getBoolean("backout_tested"),
                        row.getString("if_not_done")),
                List.of(),
                List.of(),
                StoredStages.read(row.getString("stages")),
                row.getString("template"),
                row.getString("change_template"),
                row.getString("rollout_plan"));
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
