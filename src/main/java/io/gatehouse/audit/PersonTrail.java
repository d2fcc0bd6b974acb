package io.gatehouse.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the trail is told about people whom this installation keeps itself: who they are, what proves it, their groups.
 * Read back from the engine's tables and ours, because several write them.
 */
@Component
public class PersonTrail {

    private final AuditTrail trail;
    private final JdbcClient jdbc;

    PersonTrail(AuditTrail trail, JdbcClient jdbc) {
        this.trail = trail;
        this.jdbc = jdbc;
    }

    /** Records within the running transaction what was done to a person, after it was written to the tables. */
    public void record(String action, String id, Map<String, ?> facts) {
        trail.recordState(action, trail.person(id), facts, fingerprint(id));
    }

    /** What the trail calls a person: the 12 of {@code person-000000012}. */
    public long numberOf(String id) {
        String name = trail.person(id);
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    private String fingerprint(String id) {
        List<@Nullable Object> values = new ArrayList<>();
        add(values, "select ID_, FIRST_, LAST_, EMAIL_, PWD_, SALT_ from ACT_ID_USER where ID_ = ?", id);
        List<String> groups = jdbc
                .sql("select GROUP_ID_ from ACT_ID_MEMBERSHIP where USER_ID_ = ?")
                .param(id)
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .toList();
        values.add(groups.size());
        values.addAll(groups);
        List<@Nullable Object> state = new ArrayList<>();
        add(state, "select version, disabled, sign_in_era from access_person where person = ?", id);
        if (!state.isEmpty()) {
            // A column that came later: absent it is left out, so that a person of before has the digest they had.
            add(state, "select erased from access_person where person = ? and erased is not null", id);
        }
        values.add(state.isEmpty() ? 0 : 1);
        values.addAll(state);
        return Fingerprint.of(values.toArray());
    }

    private void add(List<@Nullable Object> values, String sql, String id) {
        jdbc.sql(sql).param(id).query(row -> {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getObject(i));
            }
        });
    }
}
