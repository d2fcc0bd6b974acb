package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How the last changes of services in an environment ended. Of each service that is changed the newest {@value #NEWEST}
 * changes of any kind are looked at, of each other of its teams the newest {@value #NEWEST_OF_OTHERS}, of at most
 * {@value #MOST_SERVICES} services, each by an index from its end: what that costs does not grow with the history.
 */
@Component
class PastChanges {

    static final Duration LOOK_BACK = Duration.ofDays(180);
    static final int NEWEST = 50;
    static final int NEWEST_OF_OTHERS = 10;
    static final int MOST_SERVICES = 20;

    /** The name of a severity after its rank, so that the greatest text is the worst. */
    static final String BY_SEVERITY =
            "concat(case i.severity when 'CRITICAL' then '3' when 'MAJOR' then '2' else '1' end, i.severity)";

    /**
     * A change that was closed within the look-back.
     *
     * @param sameTeam whether one of the teams made it whose the change is that is looked at
     * @param incidents how many it caused
     */
    record Past(
            long change,
            String service,
            String requester,
            boolean sameTeam,
            SuccessScore.Outcome outcome,
            int incidents) {

        boolean wentWell() {
            return outcome.closeCode() != CloseCode.UNSUCCESSFUL && !outcome.rolledBack() && incidents == 0;
        }
    }

    private final JdbcClient jdbc;

    PastChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The last changes of the services of a change where it is made.
     *
     * @param others further services of its teams; what is more than can be looked at is left out
     */
    List<Past> of(Change change, Collection<String> others, Instant now) {
        List<String> looked = Stream.concat(change.services().stream(), others.stream())
                .distinct()
                .limit(MOST_SERVICES)
                .toList();
        if (looked.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        values.add(change.id());
        values.addAll(looked);
        values.add(change.environment());
        values.add(LocalDateTime.ofInstant(now.minus(LOOK_BACK), ZoneOffset.UTC));
        int changed = Math.min(change.services().size(), looked.size());
        return jdbc.sql(sql(changed, looked.size()))
                .params(values)
                .query((row, i) -> new Past(
                        row.getLong("id"),
                        row.getString("service_key"),
                        row.getString("requester"),
                        row.getBoolean("same_team"),
                        outcome(row),
                        row.getInt("incidents")))
                .list();
    }

    static SuccessScore.Outcome outcome(ResultSet row) throws SQLException {
        return new SuccessScore.Outcome(
                CloseCode.valueOf(row.getString("close_code")),
                row.getBoolean("rolled_back"),
                row.getObject("closed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                worst(row.getString("worst_incident")));
    }

    static Incident.@Nullable Severity worst(@Nullable String ranked) {
        return ranked == null ? null : Incident.Severity.valueOf(ranked.substring(1));
    }

    private static String sql(int changed, int services) {
        StringBuilder sql =
                new StringBuilder("select c.id, p.service_key, c.requester, c.close_code, c.rolled_back, c.closed_at,"
                        + " (select count(*) from change_incident i where i.change_id = c.id and i.in_force = true)"
                        + " as incidents,"
                        + " exists (select 1 from change_team t join change_team mine on mine.team = t.team"
                        + " where t.change_id = c.id and mine.change_id = ?) as same_team,"
                        + " (select max(%s) from change_incident i where i.change_id = c.id and i.in_force = true)"
                                .formatted(BY_SEVERITY)
                        + " as worst_incident from (");
        for (int i = 0; i < services; i++) {
            sql.append(i == 0 ? "" : " union all ")
                    .append("select * from (select s.service_key, s.change_id from change_service s")
                    .append(" where s.service_key = ? order by s.service_key desc, s.change_id desc limit ")
                    .append(i < changed ? NEWEST : NEWEST_OF_OTHERS)
                    .append(") p")
                    .append(i);
        }
        return sql.append(") p join change_request c on c.id = p.change_id where c.state = 'CLOSED'")
                .append(" and c.close_code is not null and c.environment_key = ? and c.closed_at >= ?")
                .toString();
    }
}
