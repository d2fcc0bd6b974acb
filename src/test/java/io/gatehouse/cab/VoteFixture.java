package io.gatehouse.cab;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.SignedIn;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The board that the policy names, and changes that are before it. It is there only while a test wants it. */
public class VoteFixture {

    public static final String BOARD = "cab";

    public static final SignedIn PETRA = new SignedIn("petra", "product-owner");

    private static final Set<BoardMember> MEMBERS = Set.of(
            new BoardMember("chair", "chris", true, false, true),
            new BoardMember("business", "carla", false, false, false),
            new BoardMember("change-management", "mona", false, false, false),
            new BoardMember("operations", "oskar", false, false, false),
            new BoardMember("security", "sasha", false, true, false));

    private final String key;
    private final Boards boards;
    private final ChangeProcess process;
    private final Tasks tasks;
    private final TransactionTemplate transactions;

    public VoteFixture(Boards boards, ChangeProcess process, Tasks tasks, TransactionTemplate transactions) {
        this(BOARD, boards, process, tasks, transactions);
    }

    /** Another board, for a policy that names it. */
    public VoteFixture(
            String key, Boards boards, ChangeProcess process, Tasks tasks, TransactionTemplate transactions) {
        this.key = key;
        this.boards = boards;
        this.process = process;
        this.tasks = tasks;
        this.transactions = transactions;
    }

    /** Five seats: the chair's is required, security's has a veto, two have a delegate; three votes are a quorum. */
    public void convene() {
        convene(3, MEMBERS, Set.of());
    }

    /** The same, and it meets each Wednesday about what is before it. */
    void conveneToMeet() {
        write(
                true,
                3,
                MEMBERS,
                Set.of(),
                new BoardSchedule("FREQ=WEEKLY;BYDAY=WE", "2026-01-07T14:00", "Europe/Berlin", 60, 24),
                Set.of(new BoardFilter(BoardFilter.Kind.STATE, "AUTHORIZE")));
    }

    public void convene(int minimumVotes, Set<BoardMember> members, Set<BoardAbsence> absences) {
        write(true, minimumVotes, members, absences, null, Set.of());
    }

    /** So that no other test finds it. */
    public void dissolve() {
        write(false, 1, Set.of(), Set.of(), null, Set.of());
    }

    private void write(
            boolean active,
            int minimumVotes,
            Set<BoardMember> members,
            Set<BoardAbsence> absences,
            @Nullable BoardSchedule schedule,
            Set<BoardFilter> filter) {
        transactions.executeWithoutResult(transaction -> boards.save(new Board(
                key,
                boards.find(key).map(Board::version).orElse(0L),
                "Change advisory board",
                active,
                minimumVotes,
                schedule,
                10,
                72,
                members,
                Set.of(
                        new BoardDelegate("operations", 1, "rolf", null, null),
                        new BoardDelegate("business", 1, "petra", null, null)),
                absences,
                filter)));
    }

    /** A change of very high risk that rita raised and theo found sound. */
    public Change beforeTheBoard(Window window) {
        return beforeTheBoard(SignedIn.RITA, window);
    }

    Change beforeTheBoard(SignedIn requester, Window window) {
        Change change = submitted(requester, window);
        SignedIn.THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
        return change;
    }

    static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    Change submitted(SignedIn requester, Window window) {
        Person person = person(requester);
        return requester.does(() ->
                process.submit(person, process.raise(person, risky(window)).number()));
    }

    private static ChangeContent risky(Window window) {
        ChangeContent content = ChangeFixture.content("keystone", "production", window);
        return new ChangeContent(
                content.title(),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                new Questionnaire(true, true, false, "Passwords stay on weak hashes"),
                content.links(),
                content.artifacts());
    }

    public void vote(Change change, SignedIn who, Vote vote, String... conditions) {
        Map<String, Object> answers = new TreeMap<>(Map.of("vote", vote.name(), "reason", "that is how I see it"));
        if (conditions.length > 0) {
            answers.put("conditions", String.join("\n", conditions));
        }
        who.runs(() -> tasks.submit(change.number(), "CastVote", null, answers));
    }

    void settle(Change change, SignedIn who, String decision) {
        who.runs(() -> tasks.submit(
                change.number(), "SettleDeferral", null, Map.of("decision", decision, "reason", "so be it")));
    }

    /** Lets the time of a vote be up. */
    static void passDeadline(ApplicationContext context, Change change) {
        String instance = context.getBean(RuntimeService.class)
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .processDefinitionKey("CabReview")
                .singleResult()
                .getId();
        ManagementService jobs = context.getBean(ManagementService.class);
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance)
                .activityId("Event_DeadlinePassed")
                .singleResult()
                .getId());
    }
}
