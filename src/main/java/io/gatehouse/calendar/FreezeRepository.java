package io.gatehouse.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface FreezeRepository extends Repository<Freeze, Long> {

    Freeze save(Freeze freeze);

    Optional<Freeze> findById(long id);

    void deleteById(long id);

    List<Freeze> findByEndsAtAfterOrderByIdDesc(Instant moment);

    /** The freezes with a moment in common with a period. */
    @Query("select * from freeze_period where starts_at < :end and ends_at > :start order by starts_at")
    List<Freeze> findBetween(Instant start, Instant end);
}
