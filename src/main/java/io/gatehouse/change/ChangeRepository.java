package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.RowMapper;

interface ChangeRepository extends Repository<Change, Long> {

    @Query(value = "select * from change_request where id = :id", rowMapperClass = Row.class)
    Optional<Change> findById(long id);

    /** With the row locked until the end of the transaction, so the steps of one change follow one another. */
    @Query(value = "select * from change_request where id = :id for update", rowMapperClass = Row.class)
    Optional<Change> findWithLockById(long id);

    /** The ids of those in these states that were ever submitted. */
    @Query("select id from change_request where state in (:states) and approval_round > 0")
    List<Long> submitted(Set<String> states);

    long count();

    Change save(Change change);

    final class Row implements RowMapper<Change> {

        @Override
        public Change mapRow(ResultSet row, int number) throws SQLException {
            return Change.of(row);
        }
    }
}
