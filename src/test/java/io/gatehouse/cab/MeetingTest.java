package io.gatehouse.cab;

import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What tests of meetings start from: a time of their own and a board of their own. */
@ProcessTest
abstract class MeetingTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    TestClock clock;

    @Autowired
    private DataSource database;

    MeetingDriver driver;

    @BeforeEach
    void driver() {
        clock.enterUntouchedTime();
        driver = new MeetingDriver(context);
    }

    @AfterEach
    void present() {
        driver.dissolve();
        clock.reset();
    }

    /** How a meeting differs from what the trail says. */
    List<String> differences(String number) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(number)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }
}
