package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Vote;
import io.gatehouse.cab.VoteFixture;
import io.gatehouse.change.PolicyReplay.Replayed;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What the tables have decided, they decide again: over everything that is recorded, whichever version said it. */
@ProcessTest
@OnH2
class PolicyReplayTests {

    private static final Map<String, Object> APPROVE = Map.of("decision", "APPROVE", "reason", "sound");

    @Autowired
    private PolicyReplay replay;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private ChangeTemplates templates;

    @Autowired
    private Boards boards;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private CarrierPolicy carriers;

    @Autowired
    private TableFixture tables;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        tables.releaseAll();
    }

    @AfterEach
    void present() {
        tables.releaseAll();
        clock.reset();
    }

    @Test
    void everyRecordedDecisionIsDecidedTheSameAgain() {
        long before = jdbc.queryForObject("select coalesce(max(id), 0) from policy_decision", Long.class);
        Change pinned = submitted("nova");
        tables.bringIn("AssessChangeRisk", TableFixture.fearsNothing(), "ann", "ben");
        tables.bringIn("ChooseApprovers", TableFixture.approvesItself(), "ann", "ben");
        Change later = submitted("nova");
        closed(submitted("keystone"));
        tables.releaseAll();
        closed(pinned);
        closed(later);
        emergency();
        standard();
        voted();
        carried();

        List<Replayed> all = all();

        assertThat(all).hasSize(jdbc.queryForObject("select count(*) from policy_decision", Integer.class));
        assertThat(all)
                .filteredOn(decision -> decision.id() > before)
                .extracting(Replayed::table)
                .as("each of the tables has just decided something")
                .containsAll(TableFixture.TABLES);
        assertThat(of(all, pinned)).hasSize(4);
        assertThat(versions(all, pinned)).doesNotContainAnyElementsOf(versions(all, later));
        assertThat(all)
                .allSatisfy(decision -> assertThat(decision.differences()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputs | the tier 4 | Other rules fire",
                "outputs | '[{\"reason\":\"baseline of every change\",\"risk\":\"LOW\"}]' | answers otherwise",
                "rule_ids | '[]' | Other rules fire",
                "table_sha256 | '0000000000000000000000000000000000000000000000000000000000000000' | not the one",
                "table_version | '4711' | cannot be asked again",
                "inputs | '{' | cannot be asked again",
            })
    void findsAnAlteredRecord(String column, String value, String sentence) {
        Change change = submitted("nova");
        long id = jdbc.queryForObject(
                "select min(id) from policy_decision where change_id = ? and table_key = 'AssessChangeRisk'",
                Long.class,
                ChangeNumber.idOf(change.number()).orElseThrow());
        Object before = jdbc.queryForObject("select " + column + " from policy_decision where id = ?", Object.class, id)
                        instanceof Number number
                ? number
                : jdbc.queryForObject("select " + column + " from policy_decision where id = ?", String.class, id);
        String planted = value.equals("the tier 4") ? before.toString().replace("\"tier\":2", "\"tier\":4") : value;
        jdbc.update("update policy_decision set " + column + " = ? where id = ?", planted, id);
        try {
            assertThat(all())
                    .filteredOn(decision -> !decision.reproduced())
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.id()).isEqualTo(id);
                        assertThat(found.change()).isEqualTo(change.number());
                        assertThat(found.differences())
                                .anySatisfy(text -> assertThat(text).contains(sentence));
                    });
        } finally {
            jdbc.update("update policy_decision set " + column + " = ? where id = ?", before, id);
        }
    }

    @Test
    void findsAnAlteredTable() {
        Change change = submitted("nova");
        int version = versions(all(), change).get(0);
        String where = " where NAME_ like '%AssessChangeRisk.dmn' and DEPLOYMENT_ID_ = (select DEPLOYMENT_ID_"
                + " from ACT_RE_DECISION_DEF where KEY_ = 'AssessChangeRisk' and VERSION_ = " + version + ")";
        byte[] before = jdbc.queryForObject("select BYTES_ from ACT_GE_BYTEARRAY" + where, byte[].class);
        jdbc.update(
                "update ACT_GE_BYTEARRAY set BYTES_ = ?" + where,
                new String(before).replace("HIGH", "LOW ").getBytes());
        try {
            assertThat(of(all(), change))
                    .filteredOn(decision -> !decision.reproduced())
                    .singleElement()
                    .satisfies(found -> assertThat(found.differences().get(0)).contains("its digest was"));
        } finally {
            jdbc.update("update ACT_GE_BYTEARRAY set BYTES_ = ?" + where, before);
        }
    }

    private List<Replayed> all() {
        List<Replayed> all = new ArrayList<>();
        String next = null;
        do {
            Page<Replayed> page = replay.replay(PageQuery.parse(next, "200"));
            all.addAll(page.items());
            next = page.next();
        } while (next != null);
        return all;
    }

    private static List<Replayed> of(List<Replayed> all, Change change) {
        return all.stream()
                .filter(decision -> decision.change().equals(change.number()))
                .toList();
    }

    /** Of the table of risks. */
    private static List<Integer> versions(List<Replayed> all, Change change) {
        return of(all, change).stream()
                .filter(decision -> decision.table().equals("AssessChangeRisk"))
                .map(Replayed::version)
                .toList();
    }

    private Change submitted(String service) {
        Person rita = new Person(RITA.id(), Set.of(RITA.groups()));
        return RITA.does(() -> process.submit(
                rita,
                process.raise(
                                rita,
                                ChangeFixture.content(
                                        service,
                                        "production",
                                        ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1))))
                        .number()));
    }

    private void closed(Change change) {
        does(THEO, change, "ReviewTechnically", null, APPROVE);
        for (SignedIn person : List.of(MONA, OSKAR, SignedIn.CARLA)) {
            String seat = person.groups()[0];
            if (changes.find(change.number()).state() == ChangeState.AUTHORIZE && isAsked(change, seat)) {
                does(person, change, "ApproveChange", seat, APPROVE);
            }
        }
        does(OSKAR, change, "ImplementChange", null, Map.of("result", "SUCCESSFUL_WITH_ISSUES"));
        does(MONA, change, "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none"));
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.CLOSED);
    }

    private void emergency() {
        Person rita = new Person(RITA.id(), Set.of(RITA.groups()));
        RITA.runs(() -> process.submit(
                rita,
                process.raiseEmergency(
                                rita,
                                ChangeFixture.content(
                                        "nova",
                                        "production",
                                        ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1))))
                        .number()));
    }

    private void standard() {
        Person rita = new Person(RITA.id(), Set.of(RITA.groups()));
        String template = "replay-" + UUID.randomUUID();
        templates.save(new ChangeTemplate(
                template,
                0,
                "Restart it",
                true,
                "oslo-config",
                "staging",
                new PlanColumns("restart", "ask", "again", null)));
        RITA.runs(() -> process.submit(
                rita,
                process.raiseStandard(rita, template, ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1)))
                        .number()));
    }

    private void carried() {
        Change change = submitted("nova");
        CarriedPackage wanted = new CarriedPackage(
                null,
                "production",
                List.of(new Artifact("nova", "31.0.0", null)),
                Plans.NONE,
                new Questionnaire(false, false, true),
                true,
                false,
                RITA.id(),
                Set.of());
        transactions.executeWithoutResult(
                status -> carriers.keep(changes.lock(change.number()), carriers.choose(wanted)));
    }

    private void voted() {
        VoteFixture votes = new VoteFixture(boards, process, tasks, transactions);
        votes.convene();
        try {
            Change change = votes.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(7)));
            votes.vote(change, SignedIn.SASHA, Vote.VETO);
        } finally {
            votes.dissolve();
        }
    }

    private boolean isAsked(Change change, String seat) {
        return jdbc.queryForObject(
                        "select count(*) from change_approval where change_id = ? and seat = ? and decision ="
                                + " 'PENDING'",
                        Integer.class,
                        ChangeNumber.idOf(change.number()).orElseThrow(),
                        seat)
                > 0;
    }

    private void does(SignedIn person, Change change, String task, String seat, Map<String, Object> answers) {
        person.runs(() -> tasks.submit(change.number(), task, seat, answers));
    }
}
