package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ProcessTest
@OnH2
class EmergenciesToTellTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private EmergenciesToTell emergencies;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void tellTheFirstMeetingOnly() {
        ChangeContent content = ChangeFixture.content(
                "nova", "staging", ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1)));
        String number = SignedIn.RITA.does(() -> process.submit(
                        REQUESTER, process.raiseEmergency(REQUESTER, content).number())
                .number());
        String normal = process.raise(REQUESTER, content).number();
        assertThat(emergencies.unreported()).contains(number).doesNotContain(normal);

        emergencies.reported(number, "MTG-000001");
        emergencies.reported(number, "MTG-000002");
        emergencies.reported(normal, "MTG-000002");

        assertThat(emergencies.unreported()).doesNotContain(number);
        assertThat(Objects.requireNonNull(changes.find(number).emergency()).reportedTo())
                .isEqualTo("MTG-000001");
    }
}
