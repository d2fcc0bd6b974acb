package io.gatehouse.people;

import io.gatehouse.access.KeptAddresses;
import io.gatehouse.access.PersonStates;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.PersonTrail;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of an installation that keeps them itself. Only administrators change it, one at a time, and none of them can
 * put an end to being one: so there always is one.
 */
@Service
@Transactional
public class Register {

    private final Administrators administrators;
    private final PersonRows rows;
    private final PersonWriter writer;
    private final PersonStates states;
    private final List<KeptAddresses> kept;
    private final PersonTrail audit;

    Register(
            Administrators administrators,
            PersonRows rows,
            PersonWriter writer,
            PersonStates states,
            List<KeptAddresses> kept,
            PersonTrail audit) {
        this.administrators = administrators;
        this.rows = rows;
        this.writer = writer;
        this.states = states;
        this.kept = List.copyOf(kept);
        this.audit = audit;
    }

    /** Everybody by id, disabled or not. */
    @Transactional(readOnly = true)
    public Page<RegisteredPerson> list(PageQuery query) {
        return query.page(rows.list(query.after(), query.fetchSize()), RegisteredPerson::id);
    }

    @Transactional(readOnly = true)
    public RegisteredPerson get(String id) {
        return rows.find(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "person-not-found", "No such person", "Nobody has this id; GET /api/v1/people lists all."));
    }

    /** Adds somebody, who gets a password by a link: {@link PasswordLinks}. */
    public RegisteredPerson add(String id, PersonDescription wanted) {
        administrators.lockAndRequireCaller();
        PersonId.objection(id).ifPresent(objection -> {
            throw ProblemException.invalid("id", objection);
        });
        wanted.check();
        if (writer.isTaken(id)) {
            throw ProblemException.conflict(
                    "person-exists", "Person exists", "Somebody has or had this id, and no id is given twice.");
        }
        writer.add(id, wanted);
        audit.record("people.Added", id, Map.of("roles", wanted.roles(), "teams", wanted.teams()));
        return get(id);
    }

    /** Changes name, address and groups; what they are signed in to has the new groups within a minute. */
    public RegisteredPerson change(String id, PersonDescription wanted, Precondition precondition) {
        String caller = administrators.lockAndRequireCaller();
        wanted.check();
        RegisteredPerson old = get(id);
        requireNotErased(id);
        precondition.check(old.version());
        if (id.equals(caller) && !administrators.are(wanted.groups())) {
            throw ownEnd();
        }
        writer.change(old, wanted);
        states.save(id, old.version(), !old.enabled());
        audit.record(
                "people.Changed",
                id,
                Map.of(
                        "roles", wanted.roles(),
                        "rolesBefore", old.roles(),
                        "teams", wanted.teams(),
                        "teamsBefore", old.teams(),
                        "nameChanged", !FullName.of(wanted.name()).text().equals(old.name()),
                        "emailChanged", !Objects.equals(wanted.email(), old.email())));
        return get(id);
    }

    /** Keeps somebody out: at once on this node, within a minute on every other. */
    public RegisteredPerson disable(String id) {
        if (administrators.lockAndRequireCaller().equals(id)) {
            throw ownEnd();
        }
        RegisteredPerson person = get(id);
        if (person.enabled()) {
            states.save(id, person.version(), true);
            states.endSignIns(id);
            audit.record("people.Disabled", id, Map.of());
        }
        return get(id);
    }

    /** Lets somebody in again, with the password and the groups they had. */
    public RegisteredPerson enable(String id) {
        administrators.lockAndRequireCaller();
        RegisteredPerson person = get(id);
        requireNotErased(id);
        if (!person.enabled()) {
            states.save(id, person.version(), false);
            audit.record("people.Enabled", id, Map.of("roles", person.roles(), "teams", person.teams()));
        }
        return get(id);
    }

    /**
     * Erases somebody: name, password, groups, and their address wherever else it is kept. They never come in again, and
     * what they did stays under their id, which the trail calls by a number. Cannot be taken back; doing it again changes
     * nothing.
     */
    public RegisteredPerson erase(String id) {
        if (administrators.lockAndRequireCaller().equals(id)) {
            throw ownEnd();
        }
        RegisteredPerson person = get(id);
        if (!states.isErased(id)) {
            long number = audit.numberOf(id);
            writer.erase(person, number);
            eraseElsewhere(person, number);
            states.save(id, person.version(), true);
            states.erase(id);
            audit.record("people.Erased", id, Map.of("rolesBefore", person.roles(), "teamsBefore", person.teams()));
        }
        return get(id);
    }

    /** An address that somebody else has too, as a team may, is theirs as well and stays. */
    private void eraseElsewhere(RegisteredPerson person, long number) {
        String address = person.email();
        if (address != null && !rows.hasAnother(address, person.id())) {
            kept.forEach(module -> module.erase(person.id(), address, "Erased person " + number));
        }
    }

    private void requireNotErased(String id) {
        if (states.isErased(id)) {
            throw erased();
        }
    }

    static ProblemException erased() {
        return ProblemException.conflict(
                "person-erased", "Erased", "This person was erased, which cannot be taken back. Add somebody new.");
    }

    /** Ends everything somebody is signed in to; they may sign in again. */
    public void signOut(String id) {
        administrators.lockAndRequireCaller();
        get(id);
        states.endSignIns(id);
        audit.record("people.SignedOut", id, Map.of());
    }

    private static ProblemException ownEnd() {
        return ProblemException.conflict(
                "own-administration",
                "Your own administration",
                "You would not administrate people any more. Another administrator has to do this to you.");
    }
}
