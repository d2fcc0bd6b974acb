package io.gatehouse.calendar;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The calendar of an environment, in which one change at a time looks for its slot. */
@Component
class EnvironmentCalendar {

    private final JdbcClient jdbc;

    EnvironmentCalendar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes others wait until the transaction ends; without it two changes could each see the slot free. */
    void lock(String environment) {
        jdbc.sql("select environment_key from environment where environment_key = ? for update")
                .param(environment)
                .query(String.class)
                .single();
    }
}
