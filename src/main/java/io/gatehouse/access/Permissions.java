package io.gatehouse.access;

import io.gatehouse.api.ProblemException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may do what: the table in {@code src/main/resources/permissions}, and nothing else. A row is named as what it is
 * about: {@code PUT /api/v1/changes/{number}} or {@code ApproveChange}.
 */
@Component
public class Permissions {

    private final SortedMap<String, PermissionRow> rows;
    private final OwnedResources resources;
    private final OpenQuestions questions;

    Permissions(PermissionTable table, OwnedResources resources, OpenQuestions questions) {
        this.rows = table.rows();
        this.resources = resources;
        this.questions = questions;
    }

    /** The names of all rows. */
    public Set<String> names() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** Whether nobody need sign in for this. */
    public boolean allowsAnybody(String name) {
        return rows.containsKey(name) && row(name).anonymous();
    }

    /** Whether this person may do it whatever it is about. */
    public boolean allowsAll(String name, Person person) {
        return row(name).grantTo(person) == Grant.ALL;
    }

    /** Whether a group is a role; any other is a team. */
    public boolean isRole(String group) {
        return Roles.ALL.contains(group);
    }

    /** Whether a task may be offered to a group: to none of whose members the table refuses it. */
    public boolean mayBeAsked(String task, String group) {
        Grant grant = row(task).grantToAsked(group);
        return grant == Grant.OWN || grant == Grant.ALL;
    }

    /**
     * Why somebody could never answer a task, whoever asks them; empty if they could.
     *
     * @param groups all of theirs
     */
    public Optional<String> unanswerable(String task, String person, Set<String> groups) {
        PermissionRow row = row(task);
        List<String> barring = named(group -> groups.contains(group) && row.grantToAsked(group) == Grant.NEVER);
        if (row.grantTo(new Person(person, groups)) == Grant.NEVER) {
            return Optional.of(person + " has the role " + String.join(" and ", barring) + ", which never may");
        }
        return groups.stream().anyMatch(group -> mayBeAsked(task, group))
                ? Optional.empty()
                : Optional.of(
                        person + " has none of the roles " + String.join(", ", named(role -> mayBeAsked(task, role))));
    }

    private static List<String> named(Predicate<String> wanted) {
        return Roles.ALL.stream().filter(wanted).toList();
    }

    /** Whether this caller may open an address that belongs to nobody: a tool needs the action in its token. */
    public boolean admits(String name, Person caller) {
        return row(name).grantTo(caller) == (caller.isTool() ? Grant.OWN : Grant.ALL);
    }

    /** Whether this person gets to see a list, though only what is theirs. */
    public boolean narrowsToOwn(String name, Person person) {
        return row(name).grantTo(person) == Grant.OWN;
    }

    /** The services to whose things a list is confined for this caller; empty if it shows everything. */
    public Optional<Set<String>> confines(String name, Person caller) {
        return Optional.ofNullable(caller.scope())
                .filter(scope -> row(name).grantTo(caller) == Grant.OWN)
                .map(ToolScope::services);
    }

    /** Whether an operation's row speaks of owners though nobody says whose its things are. */
    public boolean lacksOwners(String operation) {
        return operation.contains("/{")
                && row(operation).distinguishesOwners()
                && resources.of(operation).isEmpty();
    }

    /**
     * Refuses whoever may do this to nothing at all.
     *
     * @throws ProblemException forbidden
     */
    public void require(String name, @Nullable Person person) {
        PermissionRow row = row(name);
        if (person == null || !mayAtLeast(row, person)) {
            throw Refusals.of(row, person);
        }
    }

    /**
     * Refuses whoever may not do this to that very thing.
     *
     * @param ownership asked only where it matters
     * @throws ProblemException forbidden
     */
    public void require(String name, @Nullable Person person, Supplier<Ownership> ownership) {
        PermissionRow row = row(name);
        if (person == null || !allows(row, person, ownership)) {
            throw Refusals.of(row, person);
        }
    }

    /**
     * Refuses whoever may not call an operation of the API for the thing its address names. What does not exist is
     * missed only by who may see all of its kind; to others it is as forbidden as what does.
     *
     * @throws ProblemException forbidden
     */
    public void requireAt(String operation, Person person, String id) {
        Optional<OwnedResource> resource = resources.of(operation);
        if (resource.isEmpty() || allowsAll(operation, person)) {
            require(operation, person);
            return;
        }
        Optional<Ownership> ownership = resource.get().find(id);
        if (ownership.isPresent()) {
            require(operation, person, ownership::get);
        } else {
            requireToMiss(operation, person);
        }
    }

    private void requireToMiss(String operation, Person person) {
        PermissionRow row = row(operation);
        if (!mayAtLeast(row, person) || !allowsAll(OwnedResources.showing(operation), person)) {
            throw Refusals.of(row, person);
        }
    }

    /**
     * Refuses whoever may not answer a task, whatever the process says.
     *
     * @param groups whom the process asks
     * @param number what the task is about
     * @throws ProblemException forbidden
     */
    public void requireTask(String task, Person person, Collection<String> groups, String number) {
        PermissionRow row = row(task);
        boolean allowed = isTaskFor(row, person, groups)
                && (row.grantTo(person) != Grant.OWN
                        || resources
                                .byNumber(number)
                                .filter(ownership -> row.owns(person, ownership))
                                .isPresent());
        if (!allowed) {
            throw Refusals.of(row, person);
        }
    }

    private static boolean isTaskFor(PermissionRow row, Person person, Collection<String> groups) {
        Grant grant = row.grantTo(person);
        if (grant == Grant.NEVER || person.isTool()) {
            return grant == Grant.OWN;
        }
        return groups.stream().filter(person::isIn).anyMatch(group -> row.grantToAsked(group) != Grant.NONE);
    }

    private static boolean mayAtLeast(PermissionRow row, Person person) {
        Grant grant = row.grantTo(person);
        return grant == Grant.OWN || grant == Grant.ALL;
    }

    private boolean allows(PermissionRow row, Person person, Supplier<Ownership> ownership) {
        return switch (row.grantTo(person)) {
            case NEVER -> false;
            case ALL -> true;
            case OWN -> row.owns(person, ownership.get()) || isAsked(row, person, ownership);
            case NONE -> isAsked(row, person, ownership);
        };
    }

    private boolean isAsked(PermissionRow row, Person person, Supplier<Ownership> ownership) {
        return row.asked()
                && !person.groups().isEmpty()
                && questions.about(ownership.get().numbers(), person.groups()).stream()
                        .anyMatch(question -> isTaskFor(row(question.task()), person, Set.of(question.group())));
    }

    private PermissionRow row(String name) {
        PermissionRow row = rows.get(name);
        if (row == null) {
            throw new PermissionTableException("Nobody may do what the permission table does not know: " + name);
        }
        return row;
    }
}
