package io.gatehouse.change;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The changes that are on their way and so should have a process: submitted, and neither closed nor canceled. */
@Component
public class ChangesUnderWay {

    private static final Set<ChangeState> OPEN =
            EnumSet.complementOf(EnumSet.of(ChangeState.CLOSED, ChangeState.CANCELED));

    private final JdbcClient jdbc;

    ChangesUnderWay(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public static boolean includes(Change change) {
        return OPEN.contains(change.state()) && change.approvalRound() > 0;
    }

    /** Their numbers; reads no more rows than there are open changes. */
    @Transactional
    public List<String> numbers() {
        return jdbc
                .sql("select id from change_request where state in (:open) and approval_round > 0")
                .param("open", OPEN.stream().map(ChangeState::name).collect(Collectors.toSet()))
                .query(Long.class)
                .list()
                .stream()
                .map(ChangeNumber::of)
                .toList();
    }
}
