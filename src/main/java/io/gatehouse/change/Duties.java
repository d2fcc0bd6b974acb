package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.tool.ToolAnsweredFor;
import io.gatehouse.tool.Tools;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who had which part in a change, for the segregation of duties. Whatever a tool did, those did who answer for it: when
 * it happened, at any time since, or now.
 */
@Service
@Transactional
public class Duties {

    private record Part(long change, Duty duty) {}

    private final JdbcClient jdbc;
    private final Tools tools;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    Duties(JdbcClient jdbc, Tools tools, CurrentPerson currentPerson, AuditTrail audit) {
        this.jdbc = jdbc;
        this.tools = tools;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    /** Whether this person raised the change or wrote something of what is to be approved. */
    @Transactional(readOnly = true)
    public boolean wrote(Change change, String person) {
        return change.requester().equals(person) || shared(change, Duty.AUTHOR).contains(person);
    }

    @Transactional(readOnly = true)
    public boolean implemented(Change change, String person) {
        return person.equals(change.implementer())
                || shared(change, Duty.IMPLEMENTER).contains(person);
    }

    /**
     * Whether this person, or somebody who answers for this tool, proposed or let in a version of a policy table that
     * decides about the change, in whichever round.
     */
    @Transactional(readOnly = true)
    public boolean ruled(Change change, Person person) {
        Set<String> authors = shared(change, Duty.POLICY);
        return idsOf(person).anyMatch(authors::contains);
    }

    boolean ruled(Change change, String person) {
        return shared(change, Duty.POLICY).contains(person);
    }

    /** Whoever must have no part in deciding about the change: they wrote or implemented it, or a policy that decides. */
    @Transactional(readOnly = true)
    public Set<String> partial(Change change) {
        Set<String> people = concerned(change);
        people.addAll(shared(change, Duty.POLICY));
        return people;
    }

    /** Whoever wrote or implemented the change: what a policy says must not be of their making. */
    Set<String> concerned(Change change) {
        Set<String> people = new HashSet<>(shared(change, Duty.AUTHOR));
        people.addAll(shared(change, Duty.IMPLEMENTER));
        people.add(change.requester());
        String implementer = change.implementer();
        if (implementer != null) {
            people.add(implementer);
        }
        return people;
    }

    boolean anyPolicyOf(Change change, Set<String> people) {
        return !Collections.disjoint(shared(change, Duty.POLICY), people);
    }

    /** Notes who had a hand in what decides about the change. The change must be locked. */
    void notePolicy(Change change, Set<String> people) {
        people.forEach(person -> add(change, Duty.POLICY, person));
    }

    /** Notes that the current person wrote something of what is to be approved. The change must be locked. */
    public void noteAuthor(Change change) {
        note(change, Duty.AUTHOR);
    }

    /** Notes that these people wrote something of what is to be approved. The change must be locked. */
    public void noteAuthors(Change change, Set<String> people) {
        people.stream().filter(person -> !wrote(change, person)).forEach(person -> add(change, Duty.AUTHOR, person));
    }

    /** Notes that the current person implemented the change. The change must be locked. */
    void noteImplementer(Change change) {
        note(change, Duty.IMPLEMENTER);
    }

    /** Notes that this person did a part of the change with their own hands. The change must be locked. */
    public void noteHandAtWork(Change change, Person person) {
        if (!implemented(change, person.id())) {
            add(change, Duty.IMPLEMENTER, person.id());
        }
    }

    private void note(Change change, Duty duty) {
        currentPerson
                .find()
                .filter(person -> person.isTool() || duty == Duty.AUTHOR && !wrote(change, person.id()))
                .ifPresent(person -> idsOf(person).forEach(id -> add(change, duty, id)));
    }

    private static Stream<String> idsOf(Person person) {
        return Stream.concat(
                Stream.of(person.id()), person.scope() == null ? Stream.empty() : person.scope().people().stream());
    }

    private void add(Change change, Duty duty, String person) {
        if (!change.dutiesShared()) {
            change.shareDuties();
            jdbc.sql("update change_request set duties_shared = true where id = ?")
                    .param(change.id())
                    .update();
        }
        int added = jdbc.sql(
                        """
                        insert into change_duty (change_id, duty, person) select id, :duty, :person
                        from change_request c where id = :change and not exists (select 1 from change_duty d
                          where d.change_id = c.id and d.duty = :duty and d.person = :person)""")
                .param("change", change.id())
                .param("duty", duty.name())
                .param("person", person)
                .update();
        if (added > 0) {
            record(change.id(), duty, person);
        }
    }

    private void record(long change, Duty duty, String person) {
        audit.record("change.DutyNoted", ChangeNumber.of(change), Map.of("duty", duty.name(), "person", person));
    }

    /** Adds a person to every open change that the tool has a part in. */
    @EventListener
    void answeredFor(ToolAnsweredFor event) {
        List<Part> parts = jdbc.sql(
                        """
                        select d.change_id, d.duty
                        from change_duty d join change_request c on c.id = d.change_id
                        where d.person = :tool and c.state not in ('CLOSED', 'CANCELED')
                          and not exists (select 1 from change_duty known where known.change_id = d.change_id
                            and known.duty = d.duty and known.person = :person)
                        order by d.change_id, d.duty""")
                .param("person", event.person())
                .param("tool", event.tool())
                .query((row, i) -> new Part(row.getLong("change_id"), Duty.valueOf(row.getString("duty"))))
                .list();
        for (Part part : parts) {
            jdbc.sql("insert into change_duty (change_id, duty, person) values (?, ?, ?)")
                    .params(part.change(), part.duty().name(), event.person())
                    .update();
            record(part.change(), part.duty(), event.person());
        }
    }

    private Set<String> shared(Change change, Duty duty) {
        if (!change.dutiesShared()) {
            return Set.of();
        }
        Set<String> people = new HashSet<>(jdbc.sql("select person from change_duty where change_id = ? and duty = ?")
                .params(change.id(), duty.name())
                .query(String.class)
                .list());
        Set.copyOf(people).stream().filter(Person::isTool).forEach(tool -> people.addAll(tools.answeringFor(tool)));
        return people;
    }
}
