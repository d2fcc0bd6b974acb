package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class TemplateVersionRows {

    private final JdbcClient jdbc;

    TemplateVersionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down a new version without anything but its content, by whoever writes it. */
    TemplateVersion insert(
            String template,
            int ordinal,
            TemplateVersion.State state,
            TemplateContent content,
            Set<String> authors,
            long version) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        bind(
                        """
                insert into template_version (template_key, ordinal, state, title, service_key, environment_key,
                  implementation_plan, test_plan, backout_plan, communication_plan, open_fields, failures, uses, version)
                values (:template, :ordinal, :state, :title, :service, :environment, :implementation, :test, :backout,
                  :communication, :open, :failures, :uses, :version)""",
                        content)
                .param("template", template)
                .param("ordinal", ordinal)
                .param("state", state.name())
                .param("version", version)
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        authors.forEach(author -> insertAuthor(id, author));
        return find(id).orElseThrow();
    }

    private void insertAuthor(long id, String author) {
        jdbc.sql("insert into template_author (version_id, person) values (?, ?)")
                .params(id, author)
                .update();
    }

    /** Writes all of it that may change; an author never goes away. The template must be locked. */
    void update(TemplateVersion before, TemplateVersion after) {
        bind(
                        """
                update template_version set state = :state, title = :title, service_key = :service,
                  environment_key = :environment, implementation_plan = :implementation, test_plan = :test,
                  backout_plan = :backout, communication_plan = :communication, open_fields = :open,
                  failures = :failures, uses = :uses, plan_sha256 = :plan, counts_since = :since,
                  submitted_by = :submittedBy, submitted_at = :submittedAt, decided_by = :decidedBy,
                  decided_at = :decidedAt, decision_reason = :reason, ended_because = :because, version = :version
                where id = :id""",
                        after.content())
                .param("id", after.id())
                .param("state", after.state().name())
                .param("plan", after.planSha256())
                .param("since", utc(after.countsSince()))
                .param("submittedBy", after.submittedBy())
                .param("submittedAt", utc(after.submittedAt()))
                .param("decidedBy", after.decidedBy())
                .param("decidedAt", utc(after.decidedAt()))
                .param("reason", after.decisionReason())
                .param("because", after.endedBecause())
                .param("version", after.version())
                .update();
        after.authors().stream()
                .filter(author -> !before.authors().contains(author))
                .forEach(author -> insertAuthor(after.id(), author));
    }

    private JdbcClient.StatementSpec bind(String sql, TemplateContent content) {
        return jdbc.sql(sql)
                .param("title", content.title())
                .param("service", content.service())
                .param("environment", content.environment())
                .param("implementation", content.plans().implementation())
                .param("test", content.plans().test())
                .param("backout", content.plans().backout())
                .param("communication", content.plans().communication())
                .param("open", TemplateContent.text(content.open()))
                .param("failures", content.suspension().failures())
                .param("uses", content.suspension().uses());
    }

    Optional<TemplateVersion> find(long id) {
        return read("where id = :id", Map.of("id", id)).stream().findFirst();
    }

    /** All versions of these templates, oldest first. */
    List<TemplateVersion> of(Collection<String> templates) {
        return templates.isEmpty()
                ? List.of()
                : read("where template_key in (:keys) order by template_key, ordinal", Map.of("keys", templates));
    }

    /** All versions of a template, oldest first, locked until the transaction ends: whoever moves one waits for them. */
    List<TemplateVersion> lock(String template) {
        return read("where template_key = :key order by ordinal for update", Map.of("key", template));
    }

    /** The version that changes are raised from. */
    Optional<TemplateVersion> active(String template) {
        return read("where template_key = :key and state = 'ACTIVE'", Map.of("key", template)).stream()
                .findFirst();
    }

    /** The numbers of those that have a process, oldest first. */
    List<String> underWay() {
        return jdbc
                .sql("select id from template_version where state in (:states) order by id")
                .param(
                        "states",
                        TemplateVersion.UNDER_WAY.stream()
                                .map(TemplateVersion.State::name)
                                .toList())
                .query(Long.class)
                .list()
                .stream()
                .map(TemplateNumber::of)
                .toList();
    }

    /** The templates in force that have no version: they are older than versions. */
    List<String> withoutVersion() {
        return jdbc.sql(
                        """
                select t.template_key from change_template t where not exists
                  (select 1 from template_version v where v.template_key = t.template_key) order by t.template_key""")
                .query(String.class)
                .list();
    }

    /** The keys of all templates after one, in force or not yet. */
    List<String> keys(String after, int limit) {
        return jdbc.sql(
                        """
                select template_key from change_template where template_key > :after
                union select template_key from template_version where template_key > :after
                order by template_key limit :limit""")
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    private List<TemplateVersion> read(String condition, Map<String, ?> values) {
        List<TemplateVersion> found = jdbc.sql("select * from template_version " + condition)
                .params(values)
                .query((row, i) -> map(row))
                .list();
        Map<Long, SortedSet<String>> authors = authors(found);
        return found.stream()
                .map(version -> version.with(authors.getOrDefault(version.id(), new TreeSet<>())))
                .toList();
    }

    private Map<Long, SortedSet<String>> authors(List<TemplateVersion> versions) {
        Map<Long, SortedSet<String>> authors = new HashMap<>();
        if (!versions.isEmpty()) {
            jdbc.sql("select version_id, person from template_author where version_id in (:ids)")
                    .param("ids", versions.stream().map(TemplateVersion::id).toList())
                    .query(row -> {
                        authors.computeIfAbsent(row.getLong("version_id"), first -> new TreeSet<>())
                                .add(row.getString("person"));
                    });
        }
        return authors;
    }

    private static TemplateVersion map(ResultSet row) throws SQLException {
        return new TemplateVersion(
                row.getLong("id"),
                row.getString("template_key"),
                row.getInt("ordinal"),
                TemplateVersion.State.valueOf(row.getString("state")),
                content(row),
                row.getString("plan_sha256"),
                moment(row, "counts_since"),
                row.getString("submitted_by"),
                moment(row, "submitted_at"),
                row.getString("decided_by"),
                moment(row, "decided_at"),
                row.getString("decision_reason"),
                row.getString("ended_because"),
                row.getLong("version"),
                new TreeSet<>());
    }

    private static TemplateContent content(ResultSet row) throws SQLException {
        return new TemplateContent(
                row.getString("title"),
                row.getString("service_key"),
                row.getString("environment_key"),
                new Plans(
                        row.getString("implementation_plan"),
                        row.getString("test_plan"),
                        row.getString("backout_plan"),
                        row.getString("communication_plan")),
                Stream.of(row.getString("open_fields").split(","))
                        .filter(name -> !name.isEmpty())
                        .map(OpenField::valueOf)
                        .collect(Collectors.toSet()),
                new SuspensionRule(row.getInt("failures"), row.getInt("uses")));
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
