package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The commands to tools. Leases are taken and compared on the database's clock alone, so it does not matter how far the
 * clocks of the nodes are apart.
 */
@Repository
class CommandRows {

    private static final String FROM_NOW = "timestampadd(microsecond, :micros, localtimestamp(6))";

    /** A command that was just added, with the digest of what never changes of it. */
    record Written(int attempt, String fingerprint) {}

    private final JdbcClient jdbc;

    CommandRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the next attempt, to be sent at once. */
    Written insert(Step step, CommandKind kind, String connector) {
        int attempt = 1 + lastAttempt(step.rollout(), step.seq(), kind);
        String key = key(step, kind, attempt);
        jdbc.sql(
                        """
                insert into rollout_command (rollout_id, seq, kind, attempt, idempotency_key, connector, state, due_at,
                    fence, tries, maybe_sent)
                values (:rollout, :seq, :kind, :attempt, :key, :connector, 'NEW', localtimestamp(6), 0, 0, false)""")
                .param("rollout", step.rollout())
                .param("seq", step.seq())
                .param("kind", kind.name())
                .param("attempt", attempt)
                .param("key", key)
                .param("connector", connector)
                .update();
        return new Written(attempt, Fingerprint.of(step.rollout(), step.seq(), kind, attempt, key, connector));
    }

    /**
     * The commands that somebody has to do something about now, longest due first, locked until the transaction ends. Those
     * that another node is taking at this moment are left out, so that nodes share what is due. Read in the order of an
     * index, on which MySQL is told to insist: if it sorted first, it would read and lock all that is due.
     */
    List<Command> due(int limit) {
        return jdbc.sql(
                        """
                select /*+ index(rollout_command ix_rollout_command_open) */ * from rollout_command
                where open_due_at <= localtimestamp(6)
                order by open_due_at limit :limit for update skip locked""")
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    /** Of these connectors only what a tool may have been told, so that it is asked and not told anything. */
    List<Command> dueInDoubt(int limit, Collection<String> connectors) {
        return connectors.isEmpty()
                ? List.of()
                : jdbc.sql(
                                """
                        select * from rollout_command
                        where open_due_at <= localtimestamp(6) and state <> 'NEW' and connector in (:connectors)
                        order by open_due_at limit :limit for update skip locked""")
                        .param("connectors", connectors)
                        .param("limit", limit)
                        .query((row, i) -> map(row))
                        .list();
    }

    /** The steps of a rollout in the order in which their undo was ordered; one that was ordered again once more. */
    List<Integer> undone(long rollout) {
        return jdbc.sql("select seq from rollout_command where rollout_id = :rollout and kind = 'UNDO' order by id")
                .param("rollout", rollout)
                .query(Integer.class)
                .list();
    }

    List<Long> rolloutsWithOpenOnes() {
        return jdbc.sql(
                        """
                select distinct rollout_id from rollout_command
                where state in ('NEW', 'HELD', 'SENDING', 'ACCEPTED') order by rollout_id""")
                .query(Long.class)
                .list();
    }

    /** The commands of a rollout that have no end. */
    List<Command> open(long rollout) {
        return jdbc.sql(
                        """
                select * from rollout_command
                where rollout_id = :rollout and state in ('NEW', 'HELD', 'SENDING', 'ACCEPTED') order by id""")
                .param("rollout", rollout)
                .query((row, i) -> map(row))
                .list();
    }

    /** Takes a due command for this node; false if another node was faster. */
    boolean lease(Command command, String owner, Duration lease) {
        return jdbc.sql(
                                """
                        update rollout_command
                        set maybe_sent = (maybe_sent or state = 'SENDING'),
                            state = case state when 'NEW' then 'SENDING' else state end,
                            fence = fence + 1, tries = tries + 1, lease_owner = :owner, due_at = %s
                        where id = :id and fence = :fence and state = :state and due_at <= localtimestamp(6)"""
                                        .formatted(FROM_NOW))
                        .param("owner", owner)
                        .param("micros", micros(lease))
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .param("state", command.state().name())
                        .update()
                == 1;
    }

    /** Whether this node may still deal with the command, for at least so long; on the database's clock. */
    boolean holdsFor(Command command, Duration time) {
        return jdbc.sql(
                                """
                select count(*) from rollout_command
                where id = :id and fence = :fence and state = :state and due_at > %s"""
                                        .formatted(FROM_NOW))
                        .param("micros", micros(time))
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .param("state", command.state().name())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Keeps a command for longer; false if another node has taken over. */
    boolean renew(Command command, Duration lease) {
        return jdbc.sql("update rollout_command set due_at = %s where id = :id and fence = :fence and state = :state"
                                .formatted(FROM_NOW))
                        .param("micros", micros(lease))
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .param("state", command.state().name())
                        .update()
                == 1;
    }

    /** Moves a command on; false if it is no longer as it was read, because somebody else has moved it. */
    boolean move(Command command, CommandState state, Duration due) {
        return jdbc.sql(
                                """
                        update rollout_command
                        set state = :state, fence = fence + 1, lease_owner = null, due_at = %s
                        where id = :id and fence = :fence and state = :from"""
                                        .formatted(FROM_NOW))
                        .param("state", state.name())
                        .param("micros", micros(due))
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .param("from", command.state().name())
                        .update()
                == 1;
    }

    /** Makes a command new again of which the tool has said that it was never told; false as for {@link #move}. */
    boolean unsend(Command command) {
        return jdbc.sql(
                                """
                        update rollout_command
                        set state = 'NEW', fence = fence + 1, tries = 0, maybe_sent = false, due_at = localtimestamp(6)
                        where id = :id and fence = :fence and state = 'SENDING'""")
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .update()
                == 1;
    }

    /** Records that the tool has taken the command and when to stop waiting for its result. */
    boolean accept(Command command, ConnectorAnswer answer, Duration askIn, Instant giveUpAt) {
        return jdbc.sql(
                                """
                        update rollout_command
                        set state = 'ACCEPTED', fence = fence + 1, lease_owner = null, due_at = %s, reference = :reference,
                            link = :link, give_up_at = :giveUpAt, tries = 0, waits_since = null, waits_tries = null,
                            waits_because = null, waits_until = null
                        where id = :id and fence = :fence and state = 'SENDING'"""
                                        .formatted(FROM_NOW))
                        .param("micros", micros(askIn))
                        .param("reference", answer.reference())
                        .param("link", answer.link())
                        .param("giveUpAt", UtcColumn.of(giveUpAt))
                        .param("id", command.id())
                        .param("fence", command.fence())
                        .update()
                == 1;
    }

    /** Keeps what the tool calls it by now, and where people see it there. */
    void note(Command command, @Nullable String reference, @Nullable String link) {
        jdbc.sql("update rollout_command set reference = :reference, link = :link where id = :id")
                .param("reference", reference)
                .param("link", link)
                .param("id", command.id())
                .update();
    }

    /** Keeps what it waits for; nothing once its tool was reached. */
    void waits(Command command, @Nullable Waiting waiting) {
        jdbc.sql(
                        """
                update rollout_command
                set waits_since = :since, waits_tries = :tries, waits_because = :because, waits_until = :until
                where id = :id""")
                .param("since", waiting == null ? null : UtcColumn.of(waiting.since()))
                .param("tries", waiting == null ? null : waiting.tries())
                .param("because", waiting == null ? null : waiting.because())
                .param("until", waiting == null ? null : UtcColumn.of(waiting.until()))
                .param("id", command.id())
                .update();
    }

    /** What the steps of a rollout wait for whose tools cannot be reached, by the number of the step. */
    Map<Integer, Waiting> waiting(long rollout) {
        Map<Integer, Waiting> waiting = new HashMap<>();
        jdbc.sql(
                        """
                select * from rollout_command
                where rollout_id = :rollout and state in ('NEW', 'SENDING', 'ACCEPTED') and waits_since is not null""")
                .param("rollout", rollout)
                .query(row -> {
                    waiting.put(row.getInt("seq"), waiting(row));
                });
        return waiting;
    }

    /** Where people see the steps of a rollout in their tools, by the number of the step; of each the last attempt. */
    Map<Integer, String> links(long rollout) {
        Map<Integer, String> links = new HashMap<>();
        jdbc.sql("select seq, link from rollout_command where rollout_id = :rollout and link is not null order by id")
                .param("rollout", rollout)
                .query(row -> {
                    links.put(row.getInt("seq"), row.getString("link"));
                });
        return links;
    }

    Command get(long id) {
        return jdbc.sql("select * from rollout_command where id = :id")
                .param("id", id)
                .query((row, i) -> map(row))
                .single();
    }

    /** Has the tool asked at once for the result of a command that it has taken, and changes nothing else. */
    void lookNow(long id) {
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where id = :id and state = 'ACCEPTED'")
                .param("id", id)
                .update();
    }

    /**
     * Has a tool asked soon what became of all that it has taken, but of each command no sooner than this time after it
     * was asked last. One that is being asked at this moment stays as it is.
     *
     * @param askEvery the pause after which it would be asked anyway
     */
    void lookSoon(String connector, Duration askEvery, Duration atLeast) {
        jdbc.sql(
                        """
                update rollout_command
                set due_at = greatest(localtimestamp(6), timestampadd(microsecond, :sooner, due_at))
                where connector = :connector and state = 'ACCEPTED' and lease_owner is null
                and due_at > timestampadd(microsecond, :micros, localtimestamp(6))""")
                .param("sooner", micros(atLeast.minus(askEvery)))
                .param("micros", micros(atLeast))
                .param("connector", connector)
                .update();
    }

    /** Whether a person wants the tool to stop. */
    boolean isToBeStopped(Command command) {
        return jdbc.sql("select count(*) from rollout_stop where command_id = :id")
                        .param("id", command.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Locks the command until the transaction ends, so that no node leases it meanwhile. */
    Command lock(long id) {
        return jdbc.sql("select * from rollout_command where id = :id for update")
                .param("id", id)
                .query((row, i) -> map(row))
                .single();
    }

    boolean isLatestAttempt(Command command) {
        return command.attempt() == lastAttempt(command.rollout(), command.seq(), command.kind());
    }

    /** All attempts, oldest first. */
    List<Command> list(long rollout, int seq) {
        return jdbc.sql("select * from rollout_command where rollout_id = :rollout and seq = :seq order by id")
                .param("rollout", rollout)
                .param("seq", seq)
                .query((row, i) -> map(row))
                .list();
    }

    /** The commands to run steps of a rollout that are in this state, oldest first. */
    List<Command> runs(long rollout, CommandState state) {
        return jdbc.sql(
                        """
                select * from rollout_command
                where rollout_id = :rollout and kind = 'RUN' and state = :state order by id""")
                .param("rollout", rollout)
                .param("state", state.name())
                .query((row, i) -> map(row))
                .list();
    }

    /** What people of a rollout are asked to do now, oldest first. */
    List<Command> byHand(long rollout) {
        return jdbc.sql(
                        """
                select * from rollout_command
                where rollout_id = :rollout and connector = :manual and state = 'ACCEPTED' order by id""")
                .param("rollout", rollout)
                .param("manual", ManualWork.CONNECTOR)
                .query((row, i) -> map(row))
                .list();
    }

    private int lastAttempt(long rollout, int seq, CommandKind kind) {
        return jdbc.sql(
                        """
                select coalesce(max(attempt), 0) from rollout_command
                where rollout_id = :rollout and seq = :seq and kind = :kind""")
                .param("rollout", rollout)
                .param("seq", seq)
                .param("kind", kind.name())
                .query(Integer.class)
                .single();
    }

    /** Readable in a tool's log, and unique among all installations that share the tool. */
    private static String key(Step step, CommandKind kind, int attempt) {
        return "%s-%d-%s-%d-%s"
                .formatted(RolloutNumber.of(step.rollout()), step.seq(), kind, attempt, UUID.randomUUID());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    static Command map(ResultSet row) throws SQLException {
        return new Command(
                row.getLong("id"),
                row.getLong("rollout_id"),
                row.getInt("seq"),
                CommandKind.valueOf(row.getString("kind")),
                row.getInt("attempt"),
                row.getString("idempotency_key"),
                row.getString("connector"),
                CommandState.valueOf(row.getString("state")),
                row.getLong("fence"),
                row.getInt("tries"),
                row.getBoolean("maybe_sent"),
                row.getString("reference"),
                row.getString("link"),
                UtcColumn.readIfPresent(row, "give_up_at"),
                waiting(row));
    }

    private static @Nullable Waiting waiting(ResultSet row) throws SQLException {
        Instant since = UtcColumn.readIfPresent(row, "waits_since");
        return since == null
                ? null
                : new Waiting(
                        since,
                        row.getInt("waits_tries"),
                        row.getString("waits_because"),
                        UtcColumn.read(row, "waits_until"));
    }
}
