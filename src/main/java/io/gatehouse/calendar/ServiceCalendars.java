package io.gatehouse.calendar;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The calendars of services, in each of which one change at a time looks for its slot. */
@Component
class ServiceCalendars {

    private final JdbcClient jdbc;

    ServiceCalendars(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes other changes of these services wait until the transaction ends; without it two of them could each see the
     * slot free. In one order for everybody, so that nobody waits in a circle.
     */
    void lock(Collection<String> services) {
        jdbc.sql("select service_key from service where service_key in (:services) order by service_key for update")
                .param("services", services)
                .query(String.class)
                .list();
    }
}
