package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class RefusedCallsTests {

    private static final String JOB = "/camunda/api/engine/engine/default/job/";

    private final List<CallRefused> told = new ArrayList<>();
    private final RefusedCalls refused =
            new RefusedCalls(new TransactionTemplate(new NoTransactions()), event -> told.add((CallRefused) event));

    @Test
    void tellsOfTheFirstAttemptAtOnce() {
        refused.add("oskar", "PUT", JOB + "4711/retries");

        assertThat(told)
                .containsExactly(
                        new CallRefused("oskar", "PUT " + JOB + "{id}/retries", "PUT " + JOB + "4711/retries", 1));
    }

    @Test
    void countsWhatFollowsWhicheverJobItIs() {
        refused.add("oskar", "PUT", JOB + "1/retries");
        refused.add("oskar", "PUT", JOB + "2/retries");
        refused.add("oskar", "PUT", JOB + "3/retries");
        refused.add("mona", "PUT", JOB + "3/retries");
        assertThat(told).hasSize(2);

        refused.tellHowManyFollowed();

        assertThat(told.subList(2, told.size()))
                .containsExactly(new CallRefused("oskar", "PUT " + JOB + "{id}/retries", "", 2));
    }

    @Test
    void aNodeThatIsKilledTakesNoFirstAttemptWithItAndNoNumberOlderThanTenSeconds() throws NoSuchMethodException {
        refused.add("oskar", "PUT", JOB + "1/retries");
        refused.add("oskar", "PUT", JOB + "1/retries");
        Scheduled schedule =
                RefusedCalls.class.getDeclaredMethod("tellHowManyFollowed").getAnnotation(Scheduled.class);

        assertThat(told).as("what is written when it is killed now").hasSize(1);
        assertThat(Duration.parse(schedule.fixedDelayString())).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Duration.parse(schedule.initialDelayString())).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tellsOfTheFirstAttemptOfEveryTenSeconds() {
        refused.add("oskar", "PUT", JOB + "1/retries");
        refused.tellHowManyFollowed();
        refused.add("oskar", "PUT", JOB + "1/retries");

        assertThat(told).hasSize(2).extracting(CallRefused::times).containsOnly(1);
    }

    @Test
    void letsNobodyFillTheTrail() {
        for (int i = 0; i < 10_000; i++) {
            refused.add("oskar", "POST", "/camunda/api/" + "abcdefghij".charAt(i % 10) + "/" + word(i));
        }
        refused.tellHowManyFollowed();

        assertThat(told).hasSizeLessThanOrEqualTo(2 * RefusedCalls.MOST_CALLS);
        assertThat(told.stream().mapToInt(CallRefused::times).sum()).isEqualTo(10_000);
        assertThat(told).extracting(CallRefused::call).contains(RefusedCalls.OTHER_CALLS);
    }

    /** A different word for every number, without a digit. */
    private static String word(int number) {
        return Integer.toString(number, 10)
                .chars()
                .collect(
                        StringBuilder::new,
                        (text, digit) -> text.append((char) (digit - '0' + 'k')),
                        StringBuilder::append)
                .toString();
    }

    @Test
    void writesNothingOddDown() {
        refused.add("oskar", "DELETE", "/camunda/api/<script>\n\u202E" + "x".repeat(5000));

        assertThat(told).singleElement().satisfies(event -> assertThat(event.address())
                .hasSizeLessThan(220)
                .startsWith("DELETE /camunda/api/?script???x"));
    }

    private static class NoTransactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, org.springframework.transaction.TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
