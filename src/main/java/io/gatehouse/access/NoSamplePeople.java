package io.gatehouse.access;

import io.gatehouse.api.StartRefused;
import java.sql.Connection;
import java.sql.ResultSet;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Refuses to start outside the profile {@code sample} on a database in which the sample people can sign in; before
 * anything in it is changed, and before the doors open, or they could for a moment.
 */
@Component
@Profile("!sample")
class NoSamplePeople implements InitializingBean {

    private static final String PEOPLE = "ACT_ID_USER";

    private final DataSource database;

    NoSamplePeople(DataSource database) {
        this.database = database;
    }

    /** Reads the engine's table itself: its people may be a Keycloak's now, and what the sample people did is here. */
    @Override
    public void afterPropertiesSet() throws MetaDataAccessException {
        if (!hasPeople()) {
            return;
        }
        int found = JdbcClient.create(database)
                .sql("select count(*) from ACT_ID_USER where EMAIL_ like ?")
                .param("%" + SamplePeople.MAIL_DOMAIN)
                .query(Integer.class)
                .single();
        if (found > 0) {
            throw new StartRefused("This database holds the sample people, whose passwords are public. Start "
                    + "with the profile 'sample', or point GATEHOUSE_DB_URL at another database.");
        }
    }

    /** Not in an empty database. */
    private boolean hasPeople() throws MetaDataAccessException {
        return JdbcUtils.extractDatabaseMetaData(database, metaData -> {
            Connection connection = metaData.getConnection();
            try (ResultSet tables = metaData.getTables(
                    connection.getCatalog(), connection.getSchema(), PEOPLE, new String[] {"TABLE", "BASE TABLE"})) {
                return tables.next();
            }
        });
    }
}
