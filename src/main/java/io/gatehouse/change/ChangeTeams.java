package io.gatehouse.change;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose change it is: the teams of whoever submitted it last, which are those of their groups that own a service. Of
 * somebody who is in none, as every tool, it is the teams that own what is changed.
 */
@Component
class ChangeTeams {

    private final ChangeSurroundings surroundings;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ChangeTeams(ChangeSurroundings surroundings, JdbcClient jdbc, JdbcTemplate batches) {
        this.surroundings = surroundings;
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * Keeps them as the current person submits the change, which must be locked and have its details.
     *
     * @return what has been kept
     */
    SortedSet<String> keep(Change change) {
        if (change.approvalRound() > 1) {
            jdbc.sql("delete from change_team where change_id = ?")
                    .param(change.id())
                    .update();
        }
        SortedSet<String> teams = new TreeSet<>(teams(change));
        batches.batchUpdate(
                "insert into change_team (change_id, team) values (?, ?)",
                teams.stream().map(team -> new Object[] {change.id(), team}).toList());
        return teams;
    }

    private Set<String> teams(Change change) {
        ChangeSurroundings.Known known = surroundings.of(change);
        return known.callers().isEmpty() ? known.teams() : known.callers();
    }
}
