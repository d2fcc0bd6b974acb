package io.gatehouse.access;

import io.gatehouse.api.StartRefused;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start outside the profile {@code sample} on a database in which the sample people can sign in; before the
 * doors open, or they could for a moment.
 */
@Component
@Profile("!sample")
class NoSamplePeople implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    NoSamplePeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads the engine's table itself: its people may be a Keycloak's now, and what the sample people did is here. */
    @Override
    public void afterSingletonsInstantiated() {
        int found = jdbc.sql("select count(*) from ACT_ID_USER where EMAIL_ like ?")
                .param("%" + SamplePeople.MAIL_DOMAIN)
                .query(Integer.class)
                .single();
        if (found > 0) {
            throw new StartRefused("This database holds the sample people, whose passwords are public. Start "
                    + "with the profile 'sample', or point GATEHOUSE_DB_URL at another database.");
        }
    }
}
