package io.gatehouse.cab;

import java.time.Instant;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * When a member or a delegate of a board is away.
 *
 * @param from the first moment of it
 * @param until the first moment after it
 */
@Table("board_absence")
public record BoardAbsence(String person, @Column("from_at") Instant from, @Column("until_at") Instant until) {

    boolean covers(String who, Instant moment) {
        return person.equals(who) && !moment.isBefore(from) && moment.isBefore(until);
    }
}
