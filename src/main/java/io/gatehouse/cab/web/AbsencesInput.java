package io.gatehouse.cab.web;

import io.gatehouse.cab.BoardAbsence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** When somebody of a board is away. */
record AbsencesInput(@NotNull @Size(max = 50) List<@NotNull @Valid AbsenceInput> absences) {

    record AbsenceInput(@NotNull Instant from, @NotNull Instant until) {}

    List<BoardAbsence> of(String person) {
        return absences.stream()
                .map(one -> new BoardAbsence(
                        person,
                        one.from().truncatedTo(ChronoUnit.MICROS),
                        one.until().truncatedTo(ChronoUnit.MICROS)))
                .toList();
    }
}
