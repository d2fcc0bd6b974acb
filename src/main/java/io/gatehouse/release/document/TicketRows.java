package io.gatehouse.release.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
class TicketRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    TicketRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void insert(TicketList list) {
        jdbc.sql(
                        "insert into release_ticket_list (release_number, version, written_by, written_at) values (?, ?, ?, ?)")
                .params(list.release(), list.version(), list.writtenBy(), utc(list.writtenAt()))
                .update();
        insertTickets(list);
    }

    void update(TicketList list) {
        jdbc.sql("update release_ticket_list set version = ?, written_by = ?, written_at = ? where release_number = ?")
                .params(list.version(), list.writtenBy(), utc(list.writtenAt()), list.release())
                .update();
        jdbc.sql("delete from release_item_ticket where release_number = ?")
                .param(list.release())
                .update();
        insertTickets(list);
    }

    private void insertTickets(TicketList list) {
        List<Object[]> rows = new ArrayList<>();
        for (ReleaseTicket one : list.tickets()) {
            rows.add(new Object[] {
                list.release(), rows.size(), one.service(), one.kind().name(), one.key(), one.title(), one.url()
            });
        }
        batches.batchUpdate(
                """
                insert into release_item_ticket (release_number, position, service_key, kind, ticket_key, title, url)
                values (?, ?, ?, ?, ?, ?, ?)""",
                rows);
    }

    Optional<TicketList> find(String release) {
        return jdbc.sql("select * from release_ticket_list where release_number = ?")
                .param(release)
                .query((row, i) -> new TicketList(
                        release,
                        row.getLong("version"),
                        row.getString("written_by"),
                        row.getObject("written_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        tickets(release)))
                .optional();
    }

    private List<ReleaseTicket> tickets(String release) {
        return jdbc.sql("select * from release_item_ticket where release_number = ? order by position")
                .param(release)
                .query((row, i) -> new ReleaseTicket(
                        row.getString("service_key"),
                        ReleaseTicket.Kind.valueOf(row.getString("kind")),
                        row.getString("ticket_key"),
                        row.getString("title"),
                        row.getString("url")))
                .list();
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
