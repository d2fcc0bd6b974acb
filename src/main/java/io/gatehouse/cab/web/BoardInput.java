package io.gatehouse.cab.web;

import io.gatehouse.cab.BoardDelegate;
import io.gatehouse.cab.BoardDescription;
import io.gatehouse.cab.BoardFilter;
import io.gatehouse.cab.BoardMember;
import io.gatehouse.cab.BoardSchedule;
import io.gatehouse.catalog.CatalogKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a client says about a board. */
record BoardInput(
        @NotBlank @Size(max = 200) String name,
        boolean active,
        @NotNull @Size(min = 1, max = 40) List<@NotNull @Valid MemberInput> members,
        @Nullable @Size(max = 80) List<@NotNull @Valid DelegateInput> delegates,
        @Min(1) @Max(40) int minimumVotes,
        @Nullable @Min(1) @Max(720) Integer votingHours,
        @Valid @Nullable MeetingsInput meetings,
        @Valid @Nullable AgendaInput agenda) {

    record MemberInput(
            @NotBlank @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String seat,
            @NotBlank @Size(max = 64) String person,
            boolean chair,
            boolean veto,
            boolean required) {}

    record DelegateInput(
            @NotBlank @Size(max = 64) String seat,
            @NotBlank @Size(max = 64) String person,
            @Nullable Instant from,
            @Nullable Instant until) {}

    record MeetingsInput(
            @NotBlank @Size(max = 200) String recurrence,
            @NotBlank @Size(max = 16) String first,
            @NotBlank @Size(max = 64) String timeZone,
            @Min(5) @Max(600) int durationMinutes,
            @Min(0) @Max(720) int leadHours) {}

    record AgendaInput(
            @Min(1) @Max(240) int minutesPerItem,
            @Nullable @Size(max = 10) Set<@NotNull @Size(max = 64) String> states,
            @Nullable @Size(max = 10) Set<@NotNull @Size(max = 64) String> types,
            @Nullable @Size(max = 10) Set<@NotNull @Size(max = 64) String> risks,
            @Nullable @Size(max = 50) Set<@NotNull @Size(max = 64) String> environments,
            @Nullable Boolean production,
            @Nullable @Size(max = 4) Set<@NotNull @Min(1) @Max(4) Integer> tiers) {

        Set<BoardFilter> filter() {
            Set<BoardFilter> filter = new HashSet<>();
            add(filter, BoardFilter.Kind.STATE, states);
            add(filter, BoardFilter.Kind.TYPE, types);
            add(filter, BoardFilter.Kind.RISK, risks);
            add(filter, BoardFilter.Kind.ENVIRONMENT, environments);
            add(filter, BoardFilter.Kind.PRODUCTION, production == null ? null : Set.of(production));
            add(filter, BoardFilter.Kind.TIER, tiers);
            return filter;
        }

        private static void add(Set<BoardFilter> filter, BoardFilter.Kind kind, @Nullable Set<?> wanted) {
            if (wanted != null) {
                wanted.forEach(one -> filter.add(new BoardFilter(kind, one.toString())));
            }
        }
    }

    /** The delegates of a seat are asked in the order in which they are named. */
    BoardDescription description() {
        List<DelegateInput> named = delegates == null ? List.of() : delegates;
        return new BoardDescription(
                name,
                active,
                minimumVotes,
                meetings == null
                        ? null
                        : new BoardSchedule(
                                meetings.recurrence(),
                                meetings.first(),
                                meetings.timeZone(),
                                meetings.durationMinutes(),
                                meetings.leadHours()),
                agenda == null ? 10 : agenda.minutesPerItem(),
                votingHours == null ? 72 : votingHours,
                members.stream()
                        .map(one -> new BoardMember(one.seat(), one.person(), one.chair(), one.veto(), one.required()))
                        .toList(),
                IntStream.range(0, named.size())
                        .mapToObj(i -> new BoardDelegate(
                                named.get(i).seat(),
                                i,
                                named.get(i).person(),
                                micros(named.get(i).from()),
                                micros(named.get(i).until())))
                        .toList(),
                agenda == null ? Set.of() : agenda.filter());
    }

    private static @Nullable Instant micros(@Nullable Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }
}
