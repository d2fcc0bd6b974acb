package io.gatehouse.change;

import java.util.Optional;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.Repository;

interface ChangeRepository extends Repository<Change, Long> {

    Optional<Change> findById(long id);

    /** With the row locked until the end of the transaction, so the steps of one change follow one another. */
    @Lock(LockMode.PESSIMISTIC_WRITE)
    Optional<Change> findWithLockById(long id);

    long count();

    Change save(Change change);
}
