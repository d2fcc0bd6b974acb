package io.gatehouse.cab;

import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Environments;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Risk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What makes sense as a board. */
@Component
class BoardRules {

    private static final String VOTE = "CastVote";

    private final People people;
    private final Permissions permissions;
    private final Environments environments;

    BoardRules(People people, Permissions permissions, Environments environments) {
        this.permissions = permissions;
        this.people = people;
        this.environments = environments;
    }

    /** @throws ProblemException invalid, naming everything that is wrong */
    void check(BoardDescription wanted) {
        List<InvalidField> wrong = new ArrayList<>();
        members(wanted, wrong);
        delegates(wanted, wrong);
        wanted.filter().stream()
                .filter(one -> !makesSense(one))
                .forEach(one -> wrong.add(new InvalidField("agenda", "knows no " + one.kind() + " " + one.wanted())));
        if (wanted.schedule() != null) {
            schedule(wanted.schedule(), wrong);
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static void schedule(BoardSchedule wanted, List<InvalidField> wrong) {
        List<InvalidField> unreadable = Recurrence.faults(wanted);
        wrong.addAll(unreadable);
        if (unreadable.isEmpty() && Recurrence.of(wanted).next(Instant.EPOCH).isEmpty()) {
            wrong.add(new InvalidField("meetings.recurrence", "must come true some day"));
        }
    }

    private void members(BoardDescription wanted, List<InvalidField> wrong) {
        Set<String> seats = new HashSet<>();
        Set<String> persons = new HashSet<>();
        for (int i = 0; i < wanted.members().size(); i++) {
            BoardMember member = wanted.members().get(i);
            String field = "members[" + i + "].";
            if (!seats.add(member.seat())) {
                wrong.add(new InvalidField(field + "seat", "must be named once"));
            }
            if (!persons.add(member.person())) {
                wrong.add(new InvalidField(field + "person", "must have one seat of the board, for one vote"));
            } else {
                person(field, member.person(), member.chair(), wrong);
            }
        }
        if (wanted.members().stream().filter(BoardMember::chair).count() != 1) {
            wrong.add(new InvalidField("members", "must have one chair"));
        }
        if (wanted.minimumVotes() > wanted.members().size()) {
            wrong.add(new InvalidField("minimumVotes", "must not be more than there are members"));
        }
    }

    /** Of whom no group is known, as of somebody who has not signed in yet, nothing can be said about roles. */
    private void person(String field, String person, boolean chairs, List<InvalidField> wrong) {
        if (!people.isActive(person)) {
            wrong.add(new InvalidField(field + "person", "must be somebody who can sign in"));
            return;
        }
        Set<String> groups = people.groupsOf(person);
        if (!groups.isEmpty()) {
            permissions
                    .unanswerable(VOTE, person, groups)
                    .ifPresent(why ->
                            wrong.add(new InvalidField(field + "person", "must be somebody who may vote: " + why)));
            if (chairs) {
                permissions
                        .unanswerable(MeetingModel.OPEN, person, groups)
                        .ifPresent(why -> wrong.add(
                                new InvalidField(field + "person", "must be somebody who may open a meeting: " + why)));
            }
        }
    }

    private void delegates(BoardDescription wanted, List<InvalidField> wrong) {
        Set<String> seats = wanted.members().stream().map(BoardMember::seat).collect(Collectors.toSet());
        Set<String> chairs = wanted.members().stream()
                .filter(BoardMember::chair)
                .map(BoardMember::seat)
                .collect(Collectors.toSet());
        Set<String> persons = wanted.members().stream().map(BoardMember::person).collect(Collectors.toSet());
        for (int i = 0; i < wanted.delegates().size(); i++) {
            BoardDelegate delegate = wanted.delegates().get(i);
            String field = "delegates[" + i + "].";
            if (!seats.contains(delegate.seat())) {
                wrong.add(new InvalidField(field + "seat", "must be a seat of the board"));
            }
            if (persons.contains(delegate.person())) {
                wrong.add(new InvalidField(field + "person", "must not be a member, who has a vote already"));
            } else {
                person(field, delegate.person(), chairs.contains(delegate.seat()), wrong);
            }
            if (delegate.from() != null
                    && delegate.until() != null
                    && !delegate.from().isBefore(delegate.until())) {
                wrong.add(new InvalidField(field + "until", "must be after from"));
            }
        }
    }

    private boolean makesSense(BoardFilter one) {
        return switch (one.kind()) {
            case STATE -> isOneOf(ChangeState.values(), one.wanted());
            case TYPE -> isOneOf(ChangeType.values(), one.wanted());
            case RISK -> isOneOf(Risk.values(), one.wanted());
            case ENVIRONMENT -> environments.exists(one.wanted());
            case PRODUCTION -> one.wanted().matches("true|false");
            case TIER -> one.wanted().matches("[1-4]");
        };
    }

    private static boolean isOneOf(Enum<?>[] values, String name) {
        return Arrays.stream(values).anyMatch(value -> value.name().equals(name));
    }

    /** @throws ProblemException invalid, naming everything that is wrong */
    void checkAbsences(List<BoardAbsence> absences) {
        Set<Instant> begins = new HashSet<>();
        List<InvalidField> wrong = new ArrayList<>();
        for (int i = 0; i < absences.size(); i++) {
            BoardAbsence absence = absences.get(i);
            if (!absence.from().isBefore(absence.until())) {
                wrong.add(new InvalidField("absences[" + i + "].until", "must be after from"));
            }
            if (!begins.add(absence.from())) {
                wrong.add(new InvalidField("absences[" + i + "].from", "must be the beginning of one absence"));
            }
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    Set<BoardAbsence> absencesOfWhoStays(Board before, BoardDescription wanted) {
        Set<String> persons = new HashSet<>();
        wanted.members().forEach(member -> persons.add(member.person()));
        wanted.delegates().forEach(delegate -> persons.add(delegate.person()));
        return before.absences().stream()
                .filter(absence -> persons.contains(absence.person()))
                .collect(Collectors.toSet());
    }
}
