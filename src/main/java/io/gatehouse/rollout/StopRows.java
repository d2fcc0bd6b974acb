package io.gatehouse.rollout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What tools are to stop. Leased like commands, on the database's clock alone. */
@Repository
class StopRows {

    private static final String FROM_NOW = "timestampadd(microsecond, :micros, localtimestamp(6))";

    private final JdbcClient jdbc;
    private final Clock clock;

    StopRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** To be told at once. Only under the lock of the command, and if there is none yet. */
    void insert(Command command, String by, String because) {
        jdbc.sql(
                        """
                insert into rollout_stop (command_id, state, requested_by, because, detail, requested_at, due_at, fence,
                    tries)
                values (:command, 'REQUESTED', :by, :because, '', :now, localtimestamp(6), 0, 0)""")
                .param("command", command.id())
                .param("by", by)
                .param("because", because)
                .param("now", UtcColumn.of(clock.instant()))
                .update();
    }

    Optional<StopOrder> find(long command) {
        return jdbc.sql("select * from rollout_stop where command_id = :command")
                .param("command", command)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Those of a rollout by the number of the step; of each step the last. */
    Map<Integer, StopOrder> list(long rollout) {
        Map<Integer, StopOrder> stops = new HashMap<>();
        jdbc.sql(
                        """
                select s.*, c.seq from rollout_stop s join rollout_command c on c.id = s.command_id
                where c.rollout_id = :rollout order by c.id""")
                .param("rollout", rollout)
                .query(row -> {
                    stops.put(row.getInt("seq"), map(row));
                });
        return stops;
    }

    /**
     * Those that a tool is to be told now, longest due first, locked until the transaction ends, but for those that another
     * node is taking. In the order of an index, as commands are.
     */
    List<StopOrder> due(int limit) {
        return jdbc.sql(
                        """
                select /*+ index(rollout_stop ix_rollout_stop_due) */ * from rollout_stop
                where state = 'REQUESTED' and due_at <= localtimestamp(6)
                order by due_at limit :limit for update skip locked""")
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    /** Takes a due one for this node; false if another node was faster. */
    boolean lease(StopOrder order, Duration lease) {
        return update(
                order,
                "fence = fence + 1, due_at = " + FROM_NOW,
                " and due_at <= localtimestamp(6)",
                lease,
                null,
                null);
    }

    /** Keeps it for longer; false if another node has taken over. */
    boolean renew(StopOrder order, Duration lease) {
        return update(order, "due_at = " + FROM_NOW, "", lease, null, null);
    }

    /** Ends it; false if another node has taken over. */
    boolean end(StopOrder order, StopState state, String detail) {
        return update(
                order,
                "fence = fence + 1, state = :state, detail = :detail, due_at = " + FROM_NOW,
                "",
                Duration.ZERO,
                state,
                detail);
    }

    /** Has the tool told again after a pause. */
    void again(StopOrder order, Duration pause, String detail) {
        update(
                order,
                "fence = fence + 1, tries = tries + 1, detail = :detail, due_at = " + FROM_NOW,
                "",
                pause,
                null,
                detail);
    }

    /** Has it looked at again after a pause, because the tool cannot be told yet. */
    void later(StopOrder order, Duration pause) {
        update(order, "fence = fence + 1, due_at = " + FROM_NOW, "", pause, null, null);
    }

    private boolean update(
            StopOrder order,
            String what,
            String when,
            Duration due,
            @Nullable StopState state,
            @Nullable String detail) {
        return jdbc.sql("update rollout_stop set " + what
                                + " where command_id = :command and fence = :fence and state = 'REQUESTED'" + when)
                        .param("micros", due.toNanos() / 1000)
                        .param("state", state == null ? null : state.name())
                        .param("detail", detail)
                        .param("command", order.command())
                        .param("fence", order.fence())
                        .update()
                == 1;
    }

    private static StopOrder map(ResultSet row) throws SQLException {
        return new StopOrder(
                row.getLong("command_id"),
                StopState.valueOf(row.getString("state")),
                row.getString("requested_by"),
                row.getString("because"),
                row.getString("detail"),
                UtcColumn.read(row, "requested_at"),
                row.getLong("fence"),
                row.getInt("tries"));
    }
}
