package io.gatehouse.cab;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All boards. Each edit locks the board and is an entry in the audit trail. */
@Service
@Transactional
public class Boards {

    private static final String PUT = "PUT /api/v1/boards/{key}";
    private static final String ABSENCES = "PUT /api/v1/boards/{key}/absences/{person}";

    private final BoardRepository rows;
    private final BoardRules rules;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;

    Boards(
            BoardRepository rows,
            BoardRules rules,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.rules = rules;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.events = events;
    }

    @Transactional(readOnly = true)
    public Optional<Board> find(String key) {
        return rows.findById(key);
    }

    /** The board, or the problem {@code board-not-found}. */
    @Transactional(readOnly = true)
    public Board get(String key) {
        return find(key)
                .orElseThrow(() -> ProblemException.notFound(
                        "board-not-found", "No such board", "No board has this key; GET /api/v1/boards lists all."));
    }

    /** Finds a board and keeps everybody from changing it until the transaction ends, or the problem of {@link #get}. */
    public Board lock(String key) {
        rows.lock(key);
        return get(key);
    }

    /** Boards in the order of their keys. */
    @Transactional(readOnly = true)
    public Page<Board> list(PageQuery page) {
        List<Board> found = rows.findByKeyGreaterThanOrderByKey(page.after() == null ? "" : page.after()).stream()
                .limit(page.fetchSize())
                .toList();
        return page.page(found, Board::key);
    }

    /** Creates or changes a board on behalf of the current person; its absences stay, but for those of who leaves it. */
    public Board put(String key, BoardDescription wanted, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        rows.lock(key);
        Optional<Board> existing = find(key);
        existing.ifPresentOrElse(board -> precondition.check(board.version()), precondition::checkAbsent);
        rules.check(wanted);
        return save(new Board(
                key,
                existing.map(Board::version).orElse(0L),
                wanted.name(),
                wanted.active(),
                wanted.minimumVotes(),
                wanted.schedule(),
                wanted.minutesPerItem(),
                wanted.votingHours(),
                Set.copyOf(wanted.members()),
                Set.copyOf(wanted.delegates()),
                existing.map(board -> rules.absencesOfWhoStays(board, wanted)).orElse(Set.of()),
                wanted.filter()));
    }

    /**
     * Says when somebody of a board is away, in place of what was said before. Everybody says it of themselves; of others
     * says it who may write the board.
     *
     * @throws ProblemException 404 if they are not of this board
     */
    public Board putAbsences(String key, String person, List<BoardAbsence> absences, Precondition precondition) {
        Person caller = currentPerson.find().orElse(null);
        permissions.require(ABSENCES, caller);
        Board board = lock(key);
        if (!Objects.requireNonNull(caller).id().equals(person)) {
            permissions.require(PUT, caller);
        } else {
            permissions.requireAt(ABSENCES, caller, key);
        }
        if (!board.knows(person)) {
            throw ProblemException.notFound(
                    "not-on-the-board",
                    "Not on the board",
                    person + " is neither a member nor a delegate of " + key + ".");
        }
        precondition.check(board.version());
        rules.checkAbsences(absences);
        return save(board.withAbsencesOf(person, Set.copyOf(absences)));
    }

    /** Stores a board that keeps the rules, and writes that down. */
    Board save(Board board) {
        Board saved = rows.save(board);
        Map<String, Object> facts = new TreeMap<>();
        facts.put("version", saved.version());
        facts.put("active", saved.active());
        facts.put("minimumVotes", saved.minimumVotes());
        facts.put("votingHours", saved.votingHours());
        facts.put(
                "members",
                saved.seats().stream()
                        .map(one -> Map.of(
                                "seat",
                                one.seat(),
                                "person",
                                one.person(),
                                "chair",
                                one.chair(),
                                "veto",
                                one.veto(),
                                "required",
                                one.required()))
                        .toList());
        facts.put(
                "delegates",
                saved.standIns().stream()
                        .map(one -> during(
                                new TreeMap<>(Map.of("seat", one.seat())), one.person(), one.from(), one.until()))
                        .toList());
        facts.put(
                "absences",
                saved.absences().stream()
                        .sorted(Comparator.comparing(BoardAbsence::person).thenComparing(BoardAbsence::from))
                        .map(one -> during(new TreeMap<>(), one.person(), one.from(), one.until()))
                        .toList());
        audit.recordState(
                saved.version() == 1 ? "cab.BoardAdded" : "cab.BoardChanged",
                "board-" + saved.key(),
                facts,
                saved.fingerprint());
        events.publishEvent(new BoardSaved(saved.key()));
        return saved;
    }

    /** Of whom it is known from when to when; what is open is left out. */
    private static Map<String, String> during(
            Map<String, String> facts, String person, @Nullable Instant from, @Nullable Instant until) {
        facts.put("person", person);
        if (from != null) {
            facts.put("from", from.toString());
        }
        if (until != null) {
            facts.put("until", until.toString());
        }
        return facts;
    }
}
