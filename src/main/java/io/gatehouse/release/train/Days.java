package io.gatehouse.release.train;

import io.gatehouse.api.InvalidField;
import java.time.LocalDate;
import java.util.List;

/** Days that people write. */
public final class Days {

    private Days() {}

    /** Other years are a typo, and no database holds every day that a client could write. */
    public static void check(String field, LocalDate day, List<InvalidField> wrong) {
        if (day.getYear() < 1000 || day.getYear() > 9999) {
            wrong.add(new InvalidField(field, "must have a year of four digits"));
        }
    }
}
