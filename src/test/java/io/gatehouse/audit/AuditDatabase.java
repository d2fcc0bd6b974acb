package io.gatehouse.audit;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.access.CurrentPerson;
import io.gatehouse.testing.MySqlDatabase;
import java.time.Clock;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty audit trail on a database of its own. */
public record AuditDatabase(HikariDataSource dataSource, AuditTrail trail, TransactionTemplate transaction)
        implements AutoCloseable {

    /** On the embedded database. */
    public static AuditDatabase onH2() {
        return open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** On a real MySQL. */
    public static AuditDatabase onMySql(MySqlDatabase database) {
        return open(database.url(), database.username(), database.password());
    }

    private static AuditDatabase open(String url, String user, String password) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setUsername(user);
        dataSource.setPassword(password);
        dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        new JdbcTemplate(dataSource)
                .execute("create table audit_person (n bigint not null auto_increment primary key,"
                        + " person varchar(64) not null unique)");
        CurrentPerson rita = mock(CurrentPerson.class);
        when(rita.idOrSystem()).thenReturn("rita");
        AuditTrail trail = new AuditTrail(
                new AuditChain(new JdbcTemplate(dataSource)),
                new Surrogates(JdbcClient.create(dataSource), new JdbcTransactionManager(dataSource)),
                rita,
                Clock.systemUTC());
        return new AuditDatabase(dataSource, trail, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    /** Records an entry in the transaction that runs. */
    public void record(String object) {
        trail.record("sample.Recorded", object, java.util.Map.of("object", object, "text", "für 変更 🚀"));
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
