package io.gatehouse.change;

import static io.gatehouse.change.RelationKind.CONFLICTS_WITH;
import static io.gatehouse.change.RelationKind.DEPENDS_ON;
import static io.gatehouse.change.RelationKind.SUPERSEDES;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.WaitGraph.Wait;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who may relate changes, until when, and what is refused. */
@ProcessTest
@OnH2
class RelationsTests {

    private static final long SEED = Long.getLong("gatehouse.seed", 20261130);
    private static final Person RITA_HERSELF = new Person("rita", Set.of("requester"));
    private static final Person ROLF_HIMSELF = new Person("rolf", Set.of("requester"));
    private static final Person MONA_HERSELF = new Person("mona", Set.of("change-manager"));

    @Autowired
    private Relations relations;

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
    void showsItselfFromBothSides() {
        String one = draft();
        String other = draft();

        Relation added = add(one, SUPERSEDES, other);

        assertThat(added.side()).isEqualTo(RelationSide.SUPERSEDES);
        assertThat(added.change()).isEqualTo(other);
        assertThat(added.addedBy()).isEqualTo("rita");
        assertThat(relations.of(other)).singleElement().satisfies(seen -> {
            assertThat(seen.id()).isEqualTo(added.id());
            assertThat(seen.side()).isEqualTo(RelationSide.SUPERSEDED_BY);
            assertThat(seen.change()).isEqualTo(one);
        });
        assertThat(changes.find(one).relations()).hasSize(1);
        assertThat(actions(one)).containsExactly("change.Raised", "change.RelationAdded");
        assertThat(actions(other)).containsExactly("change.Raised", "change.RelationAdded");
    }

    @Test
    void refusesWhatIsNotThereOrTheSame() {
        String one = draft();

        assertThatThrownBy(() -> add(one, DEPENDS_ON, one)).hasMessageContaining("listed fields");
        assertThatThrownBy(() -> add(one, DEPENDS_ON, "CHG-999999999")).hasMessageContaining("listed fields");
        assertThatThrownBy(() -> add(one, DEPENDS_ON, "it")).hasMessageContaining("listed fields");
    }

    @Test
    void refusesWhatIsInForceAlready() {
        String one = draft();
        String other = draft();
        add(other, CONFLICTS_WITH, one);
        add(one, DEPENDS_ON, other);

        assertThatThrownBy(() -> add(one, CONFLICTS_WITH, other)).hasMessageContaining("already");
        assertThatThrownBy(() -> add(other, CONFLICTS_WITH, one)).hasMessageContaining("already");
        assertThatThrownBy(() -> add(one, DEPENDS_ON, other)).hasMessageContaining("already");
    }

    @Test
    void refusesCirclesAndNamesThem() {
        String a = draft();
        String b = draft();
        String c = draft();
        add(a, DEPENDS_ON, b);
        add(b, DEPENDS_ON, c);

        assertThatThrownBy(() -> add(c, DEPENDS_ON, a))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        String.join(" would wait for ", c, a, b, c) + ", so that none of them could start");
        // A change that is superseded waits for the one that supersedes it.
        assertThatThrownBy(() -> add(a, SUPERSEDES, c)).hasMessageContaining("would wait for");
        add(c, SUPERSEDES, a);
        add(c, CONFLICTS_WITH, a);
    }

    @Test
    void aChangeThatIsGivenUpClosesNoCircle() {
        String a = draft();
        String b = draft();
        String c = draft();
        add(a, DEPENDS_ON, b);
        add(b, DEPENDS_ON, c);
        RITA.does(() -> process.cancel(RITA_HERSELF, b));

        assertThat(add(c, DEPENDS_ON, a).isInForce()).isTrue();
    }

    @Test
    void comesTooLateForWhatIsOver() {
        String over = draft();
        String one = draft();
        RITA.does(() -> process.cancel(RITA_HERSELF, over));

        assertThatThrownBy(() -> add(one, DEPENDS_ON, over)).hasMessageContaining("ended without success");
        assertThatThrownBy(() -> add(over, DEPENDS_ON, one)).hasMessageContaining("has started");
        assertThatThrownBy(() -> add(one, CONFLICTS_WITH, over)).hasMessageContaining("given up");
        assertThatThrownBy(() -> add(one, SUPERSEDES, over)).hasMessageContaining("given up");
    }

    @Test
    void keepsOnlyOnesOwnChangesWaiting() {
        String mine = draft();
        String theirs = process.raise(ROLF_HIMSELF, ChangeFixture.content(clock.instant()))
                .number();

        assertThat(add(mine, DEPENDS_ON, theirs).isInForce()).isTrue();
        assertThatThrownBy(() -> add(theirs, DEPENDS_ON, draft())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> add(mine, SUPERSEDES, theirs)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> add(mine, CONFLICTS_WITH, theirs)).isInstanceOf(ProblemException.class);
        assertThat(MONA.does(() -> relations.add(MONA_HERSELF, mine, CONFLICTS_WITH, theirs, null))
                        .isInForce())
                .isTrue();
    }

    @Test
    void isRemovedByItsRequesterUntilItWasSubmitted() {
        String one = draft();
        Relation first = add(one, DEPENDS_ON, draft());
        Relation second = add(one, DEPENDS_ON, draft());
        remove(RITA_HERSELF, one, first);
        RITA.does(() -> process.submit(RITA_HERSELF, one));

        assertThatThrownBy(() -> remove(RITA_HERSELF, one, second)).hasMessageContaining("a change manager has to");
        Relation removed = remove(MONA_HERSELF, one, second);

        assertThat(removed.isInForce()).isFalse();
        assertThat(removed.waits()).isEmpty();
        assertThat(removed.removedBy()).isEqualTo("mona");
        assertThat(removed.removedBecause()).isEqualTo("works without");
        assertThat(relations.of(one)).hasSize(2).noneMatch(Relation::isInForce);
        assertThatThrownBy(() -> remove(MONA_HERSELF, one, second)).hasMessageContaining("removed already");
        assertThatThrownBy(() -> remove(MONA_HERSELF, draft(), second)).hasMessageContaining("has no relation");
    }

    @Test
    void voidsNoApprovalAndMakesNobodyAnAuthor() {
        String one = draft();
        RITA.does(() -> process.submit(RITA_HERSELF, one));
        Change before = changes.find(one);

        MONA.does(() -> relations.add(MONA_HERSELF, one, DEPENDS_ON, draft(), null));

        Change after = changes.find(one);
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.approvalRound()).isEqualTo(before.approvalRound());
        assertThat(after.scope()).isEqualTo(before.scope());
        assertThat(jdbc.queryForObject("select count(*) from change_duty where change_id = ?", Long.class, after.id()))
                .isZero();
    }

    @Test
    void theDatabaseKeepsTheRulesOfARow() {
        long one = id(draft());
        long other = id(draft());
        insert("DEPENDS_ON", one, other);

        assertThatThrownBy(() -> insert("DEPENDS_ON", one, other)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> insert("DEPENDS_ON", one, one)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> insert("CONFLICTS_WITH", other, one)).isInstanceOf(DataAccessException.class);
    }

    /** Of dependencies that are asked for at random those are refused that close a circle, or are there already. */
    @Test
    void refusesWhatAPlainModelRefuses() {
        Random random = new Random(SEED);
        List<String> drafts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            drafts.add(draft());
        }
        Set<Wait> model = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(drafts.size());
            int to = (from + 1 + random.nextInt(drafts.size() - 1)) % drafts.size();
            boolean allowed = !model.contains(new Wait(from, to)) && !reaches(model, to, from);

            assertThat(isAdded(drafts.get(from), drafts.get(to)))
                    .as("seed %d, %d to %d after %s", SEED, from, to, model)
                    .isEqualTo(allowed);
            if (allowed) {
                model.add(new Wait(from, to));
            }
        }
        assertThat(model).hasSizeBetween(10, 21);
    }

    private boolean isAdded(String from, String to) {
        try {
            add(from, DEPENDS_ON, to);
            return true;
        } catch (ProblemException refused) {
            return false;
        }
    }

    private static boolean reaches(Set<Wait> model, long from, long to) {
        return from == to
                || model.stream()
                        .filter(wait -> wait.waiting() == from)
                        .anyMatch(wait -> reaches(model, wait.awaited(), to));
    }

    private String draft() {
        return process.raise(RITA_HERSELF, ChangeFixture.content(clock.instant()))
                .number();
    }

    private Relation add(String number, RelationKind kind, String other) {
        return RITA.does(() -> relations.add(RITA_HERSELF, number, kind, other, "needs it"));
    }

    private Relation remove(Person person, String number, Relation relation) {
        return relations.remove(person, number, relation.id(), "works without");
    }

    private static long id(String number) {
        return ChangeNumber.idOf(number).orElseThrow();
    }

    private List<String> actions(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ? order by n", String.class, number);
    }

    private void insert(String kind, long from, long to) {
        jdbc.update(
                """
                insert into change_relation (kind, from_id, to_id, in_force, added_by, added_at)
                values (?, ?, ?, true, 'rita', '2026-11-30 10:00:00')""",
                kind,
                from,
                to);
    }
}
