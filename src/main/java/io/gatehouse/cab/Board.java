package io.gatehouse.cab;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A board that decides about changes.
 *
 * @param version counts what was stored, from 1; 0 before the first time
 * @param active whether it decides about anything and meets
 * @param minimumVotes how many votes make a quorum, beside those of the required seats
 * @param schedule when it meets; absent if it only ever votes between meetings
 * @param minutesPerItem how long a meeting is meant to look at one change
 * @param votingHours how long a vote lasts where no meeting comes before the change
 * @param filter which changes come on the agenda of a meeting; none if empty
 */
@Table("board")
public record Board(
        @Id @Column("board_key") String key,
        @Version long version,
        String name,
        boolean active,
        int minimumVotes,
        @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL) @Nullable BoardSchedule schedule,
        int minutesPerItem,
        int votingHours,
        @MappedCollection(idColumn = "board_key") Set<BoardMember> members,
        @MappedCollection(idColumn = "board_key") Set<BoardDelegate> delegates,
        @MappedCollection(idColumn = "board_key") Set<BoardAbsence> absences,
        @MappedCollection(idColumn = "board_key") Set<BoardFilter> filter) {

    public Board {
        members = Set.copyOf(members);
        delegates = Set.copyOf(delegates);
        absences = Set.copyOf(absences);
        filter = Set.copyOf(filter);
    }

    /** The members in the order of their seats. */
    public List<BoardMember> seats() {
        return members.stream().sorted(Comparator.comparing(BoardMember::seat)).toList();
    }

    /** The delegates in the order of their seats, and of each seat in the order in which they are asked. */
    public List<BoardDelegate> standIns() {
        return delegates.stream()
                .sorted(Comparator.comparing(BoardDelegate::seat).thenComparingInt(BoardDelegate::rank))
                .toList();
    }

    public Quorum quorum() {
        return new Quorum(
                minimumVotes,
                members.stream()
                        .filter(BoardMember::required)
                        .map(BoardMember::seat)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Who has the vote of each seat at a moment: its member or, while that is absent, its first delegate who is not. A seat
     * for which there is nobody is left out, and nobody votes on two.
     */
    public List<Voter> votersAt(Instant moment) {
        return votersAt(moment, person -> false, seat -> true);
    }

    /**
     * As {@link #votersAt(Instant)} for some of the seats, where some people must not vote: for a member who must not, a
     * delegate does as if the member were absent.
     */
    List<Voter> votersAt(Instant moment, Predicate<String> barred, Predicate<String> wanted) {
        List<Voter> voters = new ArrayList<>();
        Set<String> taken = members.stream().map(BoardMember::person).collect(Collectors.toCollection(HashSet::new));
        for (BoardMember member : seats()) {
            if (!wanted.test(member.seat())) {
                continue;
            }
            if (barred.test(member.person()) || isAbsent(member.person(), moment)) {
                delegateAt(member.seat(), moment, person -> taken.contains(person) || barred.test(person))
                        .ifPresent(delegate -> {
                            taken.add(delegate.person());
                            voters.add(new Voter(delegate.person(), member));
                        });
            } else {
                voters.add(new Voter(member.person(), member));
            }
        }
        return List.copyOf(voters);
    }

    /**
     * Who chairs it at a moment; empty if neither the member nor a delegate of that seat can.
     *
     * @param gone who cannot come at all
     */
    Optional<Voter> chairAt(Instant moment, Set<String> gone) {
        return votersAt(moment, gone::contains, seat -> true).stream()
                .filter(voter -> voter.member().chair())
                .findFirst();
    }

    /** By which clocks its people read times; UTC if it never meets. */
    public ZoneId zone() {
        return schedule == null ? ZoneId.of("UTC") : ZoneId.of(schedule.timeZone());
    }

    /** Whether somebody is a member or a delegate. */
    boolean knows(String person) {
        return people().contains(person);
    }

    /** The ids of members and delegates. */
    Set<String> people() {
        Set<String> people = new TreeSet<>();
        members.forEach(member -> people.add(member.person()));
        delegates.forEach(delegate -> people.add(delegate.person()));
        return people;
    }

    private Optional<BoardDelegate> delegateAt(String seat, Instant moment, Predicate<String> barred) {
        return standIns().stream()
                .filter(delegate -> delegate.seat().equals(seat)
                        && delegate.standsInAt(moment)
                        && !barred.test(delegate.person())
                        && !isAbsent(delegate.person(), moment))
                .findFirst();
    }

    private boolean isAbsent(String person, Instant moment) {
        return absences.stream().anyMatch(absence -> absence.covers(person, moment));
    }

    Board withAbsencesOf(String person, Set<BoardAbsence> wanted) {
        Set<BoardAbsence> all = absences.stream()
                .filter(absence -> !absence.person().equals(person))
                .collect(Collectors.toCollection(HashSet::new));
        all.addAll(wanted);
        return new Board(
                key,
                version,
                name,
                active,
                minimumVotes,
                schedule,
                minutesPerItem,
                votingHours,
                members,
                delegates,
                all,
                filter);
    }

    /** The digest of its rows, by which they are compared with the trail. */
    String fingerprint() {
        List<@Nullable Object> values = new ArrayList<>();
        java.util.Collections.addAll(values, key, version, name, active, minimumVotes);
        java.util.Collections.addAll(
                values,
                schedule == null ? null : schedule.recurrence(),
                schedule == null ? null : schedule.firstMeeting(),
                schedule == null ? null : schedule.timeZone(),
                schedule == null ? null : schedule.durationMinutes(),
                schedule == null ? null : schedule.leadHours());
        values.add(minutesPerItem);
        values.add(votingHours);
        values.add(members.size());
        seats().forEach(member -> java.util.Collections.addAll(
                values, member.seat(), member.person(), member.chair(), member.veto(), member.required()));
        values.add(delegates.size());
        standIns()
                .forEach(one -> java.util.Collections.addAll(
                        values, one.seat(), one.rank(), one.person(), one.from(), one.until()));
        values.add(absences.size());
        absences.stream()
                .sorted(Comparator.comparing(BoardAbsence::person).thenComparing(BoardAbsence::from))
                .forEach(one -> java.util.Collections.addAll(values, one.person(), one.from(), one.until()));
        values.add(filter.size());
        filter.stream()
                .sorted(Comparator.comparing((BoardFilter one) -> one.kind().name())
                        .thenComparing(BoardFilter::wanted))
                .forEach(one -> java.util.Collections.addAll(values, one.kind(), one.wanted()));
        return Fingerprint.of(values.toArray());
    }
}
