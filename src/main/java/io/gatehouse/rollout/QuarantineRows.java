package io.gatehouse.rollout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The quarantines there were, by name. */
@Repository
class QuarantineRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    QuarantineRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean exists(String name) {
        return jdbc.sql("select count(*) from rollout_quarantine where quarantine_name = ?")
                        .param(name)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another node was faster; waits until that has committed */
    Quarantine insert(String name) {
        jdbc.sql("insert into rollout_quarantine (quarantine_name, begun_at) values (?, ?)")
                .param(name)
                .param(UtcColumn.of(clock.instant()))
                .update();
        return find(name);
    }

    boolean anyInForce() {
        return jdbc.sql("select count(*) from rollout_quarantine where released_at is null")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Those that last, oldest first. */
    @Transactional
    List<Quarantine> inForce() {
        return jdbc.sql("select * from rollout_quarantine where released_at is null order by begun_at, quarantine_name")
                .query((row, i) -> map(row))
                .list();
    }

    /** The same, locked until the transaction ends. */
    List<Quarantine> lockInForce() {
        return jdbc.sql("select * from rollout_quarantine where released_at is null for update")
                .query((row, i) -> map(row))
                .list();
    }

    Quarantine release(Quarantine quarantine, String by, String because) {
        jdbc.sql(
                        """
                update rollout_quarantine set released_at = :now, released_by = :by, released_because = :because
                where quarantine_name = :name""")
                .param("now", UtcColumn.of(clock.instant()))
                .param("by", by)
                .param("because", because)
                .param("name", quarantine.name())
                .update();
        return find(quarantine.name());
    }

    private Quarantine find(String name) {
        return jdbc.sql("select * from rollout_quarantine where quarantine_name = ?")
                .param(name)
                .query((row, i) -> map(row))
                .single();
    }

    private static Quarantine map(ResultSet row) throws SQLException {
        return new Quarantine(
                row.getString("quarantine_name"),
                UtcColumn.read(row, "begun_at"),
                UtcColumn.readIfPresent(row, "released_at"),
                row.getString("released_by"),
                row.getString("released_because"));
    }
}
