package io.gatehouse.release.report;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
class BudgetRows {

    private static final String BOOKINGS =
            """
            select g.*, b.currency from release_booking g
            join release_budget b on b.release_number = g.release_number where g.release_number = :release""";

    private final JdbcClient jdbc;

    BudgetRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Budget budget) {
        write(
                """
                insert into release_budget (release_number, version, planned_hours, planned_money, currency)
                values (:release, :version, :hours, :money, :currency)""",
                budget);
    }

    void update(Budget budget) {
        write(
                """
                update release_budget set version = :version, planned_hours = :hours, planned_money = :money,
                  currency = :currency where release_number = :release""",
                budget);
    }

    private void write(String sql, Budget budget) {
        jdbc.sql(sql)
                .param("release", budget.release())
                .param("version", budget.version())
                .param("hours", budget.hours())
                .param("money", budget.money().units())
                .param("currency", budget.money().currency())
                .update();
    }

    Optional<Budget> find(String release) {
        return jdbc.sql("select * from release_budget where release_number = ?")
                .param(release)
                .query((row, i) -> new Budget(
                        release,
                        row.getLong("version"),
                        row.getBigDecimal("planned_hours"),
                        Money.ofUnits(row.getLong("planned_money"), row.getString("currency"))))
                .optional();
    }

    Booking insert(Booking booking) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_booking (release_number, spent_on, hours, money, what, booked_by, booked_at,
                  reverses)
                values (:release, :spentOn, :hours, :money, :what, :bookedBy, :bookedAt, :reverses)""")
                .param("release", booking.release())
                .param("spentOn", booking.spentOn())
                .param("hours", booking.hours())
                .param("money", booking.money().units())
                .param("what", booking.what())
                .param("bookedBy", booking.bookedBy())
                .param("bookedAt", LocalDateTime.ofInstant(booking.bookedAt(), ZoneOffset.UTC))
                .param("reverses", booking.reverses())
                .update(key, "id");
        return booking.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    Optional<Booking> booking(String release, long id) {
        return jdbc.sql(BOOKINGS + " and g.id = :id")
                .param("release", release)
                .param("id", id)
                .query((row, i) -> booking(row))
                .optional();
    }

    boolean isReversed(long id) {
        return jdbc.sql("select count(*) from release_booking where reverses = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean hasBookings(String release) {
        return jdbc.sql("select count(*) from release_booking where release_number = ?")
                        .param(release)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Newest first. */
    List<Booking> bookings(String release, long before, int limit) {
        return jdbc.sql(BOOKINGS + " and g.id < :before order by g.id desc limit :limit")
                .param("release", release)
                .param("before", before)
                .param("limit", limit)
                .query((row, i) -> booking(row))
                .list();
    }

    Spent spent(Budget budget) {
        return jdbc.sql(
                        """
                select coalesce(sum(hours), 0) as hours, coalesce(sum(money), 0) as money from release_booking
                where release_number = ?""")
                .param(budget.release())
                .query((row, i) -> new Spent(
                        row.getBigDecimal("hours").setScale(2),
                        Money.ofUnits(row.getLong("money"), budget.money().currency())))
                .single();
    }

    private static Booking booking(ResultSet row) throws SQLException {
        BigDecimal hours = row.getBigDecimal("hours");
        return new Booking(
                row.getLong("id"),
                row.getString("release_number"),
                row.getObject("spent_on", LocalDate.class),
                hours,
                Money.ofUnits(row.getLong("money"), row.getString("currency")),
                row.getString("what"),
                row.getString("booked_by"),
                row.getObject("booked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getObject("reverses", Long.class));
    }
}
