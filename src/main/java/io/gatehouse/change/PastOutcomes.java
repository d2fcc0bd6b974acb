package io.gatehouse.change;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the last changes of the same services in the same environment ended. */
@Component
class PastOutcomes implements ApproverInsight {

    private static final int SHOWN = 10;

    private final JdbcClient jdbc;

    PastOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "pastOutcomes";
    }

    @Override
    public String about(Change change) {
        List<String> ended = jdbc.sql(
                        """
                        select c.id, c.close_code, c.rolled_back, c.title,
                          (select count(*) from change_incident i
                            where i.change_id = c.id and i.in_force = true) as incidents,
                          (select max(%s) from change_incident i
                            where i.change_id = c.id and i.in_force = true) as worst_incident
                        from change_request c
                        where c.state = 'CLOSED' and c.environment_key = :environment and c.id <> :id
                          and c.id in (select s.change_id from change_service s where s.service_key in (:services))
                        order by c.id desc limit :shown"""
                                .formatted(PastChanges.BY_SEVERITY))
                .param("environment", change.environment())
                .param("id", change.id())
                .param("services", change.services())
                .param("shown", SHOWN)
                .query((row, i) -> ChangeNumber.of(row.getLong("id")) + ": " + row.getString("close_code")
                        + (row.getBoolean("rolled_back") ? ", rolled back" : "")
                        + caused(row.getInt("incidents"), row.getString("worst_incident")) + ": "
                        + row.getString("title"))
                .list();
        return ended.isEmpty() ? "none yet" : String.join("\n", ended);
    }

    private static String caused(int incidents, @Nullable String worst) {
        return incidents == 0
                ? ""
                : ", caused " + incidents + (incidents == 1 ? " incident" : " incidents") + ", the worst "
                        + Objects.requireNonNull(PastChanges.worst(worst));
    }
}
