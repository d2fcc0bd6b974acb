package io.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

@ProcessTest
@OnH2
class SecretsTests {

    private static final SignedIn ADAM = new SignedIn("adam", "admin");
    private static final int MANY = 2 * SecretRotation.BATCH + 5;

    /** As this installation is configured: without a key. */
    @Autowired
    private Secrets configured;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private SecretRows secretRows;

    @Autowired
    private CurrentPerson currentPerson;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private PlatformTransactionManager transactions;

    private SecretNode.Factory nodes;
    private SecretNode node;

    @BeforeEach
    void empty() {
        jdbc.update("delete from secret");
        nodes = new SecretNode.Factory(secretRows, currentPerson, audit, transactions, clock);
        node = nodes.withKeys("k1");
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void comeBackAsTheyWerePut() {
        List<String> values =
                List.of("x", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", " \u00e4\n\ud83d\ude80 ", "x".repeat(4096));

        values.forEach(value -> node.add("a" + values.indexOf(value), value));

        values.forEach(value ->
                assertThat(node.stored().current("a" + values.indexOf(value))).isEqualTo(value));
    }

    @Test
    void areReadAnewAtEachUseOnEveryNode() {
        SecretText setting = nodes.withKeys("k1").stored().text("stored:a");
        node.add("a", "first");
        assertThat(setting.current()).isEqualTo("first");

        node.change("a", "second");

        assertThat(setting.current()).isEqualTo("second");
    }

    @Test
    void areStoredEncryptedAndNeverTwiceAlike() {
        node.add("a", "correct horse");
        node.add("b", "correct horse");

        List<Map<String, Object>> rows = jdbc.queryForList("select * from secret");
        assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(new String((byte[]) row.get("ciphertext")))
                .doesNotContain("horse"));
        assertThat((byte[]) rows.get(0).get("ciphertext"))
                .isNotEqualTo(rows.get(1).get("ciphertext"));
        assertThat((byte[]) rows.get(0).get("nonce"))
                .hasSize(12)
                .isNotEqualTo(rows.get(1).get("nonce"));
    }

    @Test
    void areRefusedInTheRowOfAnother() {
        node.add("a", "of a");
        node.add("b", "of b");

        jdbc.update("update secret set secret_name = 'c' where secret_name = 'a'");
        jdbc.update("update secret set secret_name = 'a' where secret_name = 'b'");
        jdbc.update("update secret set secret_name = 'b' where secret_name = 'c'");

        assertUnreadable("a", "was altered");
        assertUnreadable("b", "was altered");
    }

    @Test
    void areRefusedAsAnotherVersion() {
        node.add("a", "first");
        node.change("a", "second");

        jdbc.update("update secret set ciphertext = previous_ciphertext, nonce = previous_nonce");

        assertUnreadable("a", "was altered");
    }

    @Test
    void areRefusedWithAnyBitAltered() {
        node.add("a", "value");
        byte[] right = jdbc.queryForObject("select ciphertext from secret", byte[].class);
        byte[] nonce = jdbc.queryForObject("select nonce from secret", byte[].class);

        for (int bit = 0; bit < right.length * 8; bit++) {
            jdbc.update("update secret set ciphertext = ?", (Object) flipped(right, bit));
            assertUnreadable("a", "was altered");
        }
        jdbc.update("update secret set ciphertext = ?", (Object) right);
        assertThat(node.stored().current("a")).isEqualTo("value");
        jdbc.update("update secret set nonce = ?", (Object) flipped(nonce, 17));
        assertUnreadable("a", "was altered");
    }

    @Test
    void keepThePreviousValueForADayAndForCallbacksOnly() {
        node.add("a", "first");
        node.change("a", "second");
        assertThat(node.stored().accepted("a")).containsExactly("second", "first");
        assertThat(node.stored().current("a")).isEqualTo("second");

        clock.advance(StoredSecrets.GRACE.minusSeconds(1));
        assertThat(node.stored().accepted("a")).containsExactly("second", "first");
        clock.advance(Duration.ofSeconds(1));
        assertThat(node.stored().accepted("a")).containsExactly("second");

        clock.advance(Duration.ofSeconds(1));
        node.forgetPrevious();
        assertThat(jdbc.queryForObject("select count(*) from secret where previous_ciphertext is not null", Long.class))
                .isZero();
        assertThat(node.stored().current("a")).isEqualTo("second");
    }

    @Test
    void dropThePreviousValueAtOnceIfItLeaked() {
        node.add("a", "leaked");

        node.put("a", "second", false, Precondition.parse("*", null));

        assertThat(node.stored().accepted("a")).containsExactly("second");
    }

    @Test
    void needAKeyToBeStoredAndNothingElseDoes() {
        node.add("a", "value");

        assertRefused(
                () -> ADAM.does(() -> configured.put("b", "value", true, Precondition.parse(null, "*"))),
                "Set GATEHOUSE_SECRET_KEYS to <id>:<key>, where 'openssl rand -base64 32' makes a key");
        assertThat(configured.list(PageQuery.parse(null, null)).items())
                .extracting(Secret::name, Secret::readable)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a", false));
        ADAM.runs(() -> configured.delete("a"));
        assertThat(configured.list(PageQuery.parse(null, null)).items()).isEmpty();
    }

    @Test
    void areChangedOnlyInTheVersionThatWasRead() {
        node.add("a", "first");

        assertRefused(() -> node.add("a", "again"), "exists already");
        assertRefused(() -> node.put("a", "second", true, Precondition.parse("\"2\"", null)), "has changed");
        assertRefused(() -> node.put("b", "second", true, Precondition.parse("\"1\"", null)), "does not exist");
        assertThat(node.put("a", "second", true, Precondition.parse("\"1\"", null))
                        .version())
                .isEqualTo(2);
    }

    @Test
    void areRefusedWhenTheyHoldNothingOrTooMuch() {
        assertRefused(() -> node.add("a", " "), "Correct the listed fields");
        assertRefused(() -> node.add("a", "\u00e4".repeat(2049)), "Correct the listed fields");
    }

    @Test
    void stayAsLongAsSomethingUsesThem() {
        node.add("used", "value");
        assertThat(node.secrets().get("used").usedBy()).containsExactly(SecretNode.USER);

        assertRefused(() -> node.delete("used"), SecretNode.USER);

        node.add("unused", "value");
        node.delete("unused");
        assertUnreadable("unused", "There is no stored secret 'unused'");
    }

    @Test
    void areInTheAuditTrailWithoutTheirValue() {
        ADAM.runs(() -> {
            node.add("audited", "correct horse");
            node.change("audited", "battery staple");
            node.delete("audited");
        });

        List<Map<String, Object>> entries = jdbc.queryForList("select e.*, " + TrailNames.ACTOR
                + " as who from audit_entry e where object = 'secret-audited' order by e.n");
        assertThat(entries)
                .extracting(entry -> entry.get("who"), entry -> entry.get("action"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("adam", "secret.Added"),
                        org.assertj.core.groups.Tuple.tuple("adam", "secret.Changed"),
                        org.assertj.core.groups.Tuple.tuple("adam", "secret.Deleted"));
        assertThat(entries.toString()).doesNotContain("horse").doesNotContain("staple");
    }

    @Test
    void comeUnderTheNewKeyAtAStartAndThenNeedTheOldOneNoMore() {
        addMany();
        node.change("s0", "newer");
        int before = encryptedAnew();
        SecretNode next = nodes.withKeys("k2", "k1");

        next.start().run(new org.springframework.boot.DefaultApplicationArguments());

        SecretNode last = nodes.withKeys("k2");
        assertThat(last.stored().accepted("s0")).containsExactly("newer", "value 0");
        IntStream.range(1, MANY)
                .forEach(i -> assertThat(last.stored().current("s" + i)).isEqualTo("value " + i));
        assertThat(encryptedAnew() - before).isEqualTo(MANY);
        assertThat(next.rotation().run()).isZero();
        assertThat(last.secrets().get("s0").version()).isEqualTo(2);
    }

    @Test
    void areEncryptedAnewOnceByTwoNodesThatStartTogether() throws Exception {
        addMany();
        int before = encryptedAnew();

        List<Integer> counts = together(
                () -> nodes.withKeys("k2", "k1").rotation().run(),
                () -> nodes.withKeys("k2", "k1").rotation().run());

        assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(MANY);
        assertThat(encryptedAnew() - before).isEqualTo(MANY);
        SecretNode last = nodes.withKeys("k2");
        IntStream.range(0, MANY)
                .forEach(i -> assertThat(last.stored().current("s" + i)).isEqualTo("value " + i));
    }

    @Test
    void keepWhatSomebodyPutsWhileTheyAreEncryptedAnew() throws Exception {
        addMany();

        together(() -> nodes.withKeys("k2", "k1").rotation().run(), () -> {
            IntStream.range(0, MANY).forEach(i -> node.change("s" + i, "newer " + i));
            return 0;
        });

        SecretNode both = nodes.withKeys("k2", "k1");
        IntStream.range(0, MANY)
                .forEach(i -> assertThat(both.stored().accepted("s" + i)).containsExactly("newer " + i, "value " + i));
    }

    @Test
    void areNamedAtAStartWithoutTheirKey() {
        node.add("a", "value");
        node.add("b", "value");
        nodes.withKeys("k2").add("c", "value");

        assertThat(nodes.withKeys("k2").start().notes(rows()))
                .containsExactly(
                        "Stored secrets that cannot be read, because their key is not among GATEHOUSE_SECRET_KEYS: "
                                + "a (key k1), b (key k1)",
                        "Secrets that settings name and that are not stored: used (connector:tool)");
        assertThat(nodes.withKeys("k2").rotation().run()).isZero();
        assertThatThrownBy(() -> nodes.withKeys("k2").stored().current("a"))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessage("The stored secret 'a' is encrypted with the key 'k1', which is not among "
                        + "GATEHOUSE_SECRET_KEYS.");
        assertThat(nodes.withKeys("k2").stored().current("c")).isEqualTo("value");
    }

    @Test
    void thatWereAlteredDoNotKeepOthersUnderTheOldKey() {
        node.add("a", "value");
        node.add("b", "value");
        jdbc.update("update secret set version = 7 where secret_name = 'a'");
        SecretNode next = nodes.withKeys("k2", "k1");

        assertThat(next.rotation().run()).isEqualTo(1);

        assertThat(nodes.withKeys("k2").stored().current("b")).isEqualTo("value");
        assertThat(next.start().notes(rows())).contains("Stored secrets that are still under an older key: a (key k1)");
    }

    private void addMany() {
        IntStream.range(0, MANY).forEach(i -> node.add("s" + i, "value " + i));
    }

    private List<SecretRows.Row> rows() {
        return secretRows.all();
    }

    private int encryptedAnew() {
        return jdbc.queryForObject(
                "select count(*) from audit_entry where action = 'secret.EncryptedAnew'", Integer.class);
    }

    private static List<Integer> together(Callable<Integer> one, Callable<Integer> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> results = Stream.of(one, other)
                    .map(action -> threads.submit(() -> {
                        start.await();
                        return action.call();
                    }))
                    .toList();
            List<Integer> counts = new java.util.ArrayList<>();
            for (Future<Integer> result : results) {
                counts.add(result.get());
            }
            return counts;
        } finally {
            threads.shutdown();
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private void assertUnreadable(String name, String reason) {
        assertThatThrownBy(() -> node.stored().current(name))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("'" + name + "'");
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(ProblemException.class).hasMessageContaining(reason);
    }
}
