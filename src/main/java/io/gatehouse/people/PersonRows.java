package io.gatehouse.people;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.gatehouse.access.Roles;
import io.gatehouse.access.Teams;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads people out of the engine's tables and ours in two statements for a page. */
@Component
class PersonRows {

    private static final String SELECT =
            """
            select u.ID_, u.FIRST_, u.LAST_, u.EMAIL_, coalesce(p.version, 1) as version,
              coalesce(p.disabled, false) as disabled
            from ACT_ID_USER u left join access_person p on p.person = u.ID_
            where u.ID_ not in (:reserved)""";

    private record Membership(String person, String team) {}

    private final JdbcClient jdbc;

    PersonRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** MySQL finds {@code "rita "} where {@code "rita"} is; records would take them for two people. */
    Optional<RegisteredPerson> find(String id) {
        return withGroups(jdbc.sql(SELECT + " and u.ID_ = :id")
                        .param("reserved", PersonId.RESERVED)
                        .param("id", id)
                        .query((row, i) -> bare(row))
                        .list())
                .stream()
                .filter(person -> person.id().equals(id))
                .findFirst();
    }

    /** Keeps the sign-in from counting tries of this person until the transaction ends. */
    void lock(String id) {
        jdbc.sql("select ID_ from ACT_ID_USER where ID_ = ? for update")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Whether somebody besides a person has an address. */
    boolean hasAnother(String address, String person) {
        return jdbc.sql("select count(*) from ACT_ID_USER where lower(EMAIL_) = :address and ID_ <> :person")
                        .param("address", address.toLowerCase(Locale.ROOT))
                        .param("person", person)
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<RegisteredPerson> list(@Nullable String after, int limit) {
        return withGroups(jdbc.sql(SELECT + " and u.ID_ > :after order by u.ID_ limit :limit")
                .param("reserved", PersonId.RESERVED)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query((row, i) -> bare(row))
                .list());
    }

    private List<RegisteredPerson> withGroups(List<RegisteredPerson> people) {
        if (people.isEmpty()) {
            return people;
        }
        Map<String, Set<String>> groups = jdbc
                .sql("select USER_ID_ as person, GROUP_ID_ as team from ACT_ID_MEMBERSHIP where USER_ID_ in (:ids)")
                .param("ids", people.stream().map(RegisteredPerson::id).toList())
                .query(Membership.class)
                .list()
                .stream()
                .filter(membership -> !Teams.isOfTheEngine(membership.team()))
                .collect(groupingBy(Membership::person, mapping(Membership::team, toSet())));
        return people.stream()
                .map(person -> with(groups.getOrDefault(person.id(), Set.of()), person))
                .toList();
    }

    private static RegisteredPerson with(Set<String> groups, RegisteredPerson person) {
        return new RegisteredPerson(
                person.id(),
                person.name(),
                person.email(),
                groups.stream().filter(Roles.ALL::contains).collect(toSet()),
                groups.stream().filter(group -> !Roles.ALL.contains(group)).collect(toSet()),
                person.enabled(),
                person.version());
    }

    private static RegisteredPerson bare(ResultSet row) throws SQLException {
        String mail = row.getString("EMAIL_");
        return new RegisteredPerson(
                row.getString("ID_"),
                new FullName(text(row.getString("FIRST_")), text(row.getString("LAST_"))).text(),
                mail == null || mail.isEmpty() ? null : mail,
                Set.of(),
                Set.of(),
                !row.getBoolean("disabled"),
                row.getLong("version"));
    }

    private static String text(@Nullable String column) {
        return column == null ? "" : column;
    }
}
