package io.gatehouse.cab;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Who votes on a seat while its member is absent.
 *
 * @param rank the lowest that can comes first
 * @param from the first moment of it; always until then if absent
 * @param until the first moment after it; for good if absent
 */
@Table("board_delegate")
public record BoardDelegate(
        String seat,
        @Column("seat_rank") int rank,
        String person,
        @Column("from_at") @Nullable Instant from,
        @Column("until_at") @Nullable Instant until) {

    boolean standsInAt(Instant moment) {
        return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
    }
}
