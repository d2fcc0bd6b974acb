package io.gatehouse.change;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How the last changes of services in an environment ended. Of each service the newest {@value #NEWEST} changes of any kind
 * are looked at, of at most {@value #MOST_SERVICES} services, each by an index from its end: what that costs does not grow
 * with the history.
 */
@Component
class PastChanges {

    static final Duration LOOK_BACK = Duration.ofDays(180);
    static final int NEWEST = 50;
    static final int MOST_SERVICES = 20;

    /** A change that was closed within the look-back. */
    record Past(long change, String service, String requester, SuccessScore.Outcome outcome) {}

    private final JdbcClient jdbc;

    PastChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param services those that matter most first; what is more than can be looked at is left out */
    List<Past> of(Collection<String> services, String environment, Instant now) {
        List<String> looked = services.stream().limit(MOST_SERVICES).toList();
        if (looked.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(looked);
        values.add(environment);
        values.add(LocalDateTime.ofInstant(now.minus(LOOK_BACK), ZoneOffset.UTC));
        return jdbc.sql(sql(looked.size()))
                .params(values)
                .query((row, i) -> new Past(
                        row.getLong("id"),
                        row.getString("service_key"),
                        row.getString("requester"),
                        new SuccessScore.Outcome(
                                CloseCode.valueOf(row.getString("close_code")),
                                row.getBoolean("rolled_back"),
                                row.getObject("closed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC))))
                .list();
    }

    private static String sql(int services) {
        StringBuilder sql = new StringBuilder(
                "select c.id, p.service_key, c.requester, c.close_code, c.rolled_back, c.closed_at from (");
        for (int i = 0; i < services; i++) {
            sql.append(i == 0 ? "" : " union all ")
                    .append("select * from (select s.service_key, s.change_id from change_service s")
                    .append(" where s.service_key = ? order by s.service_key desc, s.change_id desc limit ")
                    .append(NEWEST)
                    .append(") p")
                    .append(i);
        }
        return sql.append(") p join change_request c on c.id = p.change_id where c.state = 'CLOSED'")
                .append(" and c.close_code is not null and c.environment_key = ? and c.closed_at >= ?")
                .toString();
    }
}
