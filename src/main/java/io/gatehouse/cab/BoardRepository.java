package io.gatehouse.cab;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface BoardRepository extends Repository<Board, String> {

    Optional<Board> findById(String key);

    /** Keeps everybody else from changing it until the transaction ends. */
    @Query("select version from board where board_key = :key for update")
    Optional<Long> lock(String key);

    List<Board> findByKeyGreaterThanOrderByKey(String after);

    Board save(Board board);
}
