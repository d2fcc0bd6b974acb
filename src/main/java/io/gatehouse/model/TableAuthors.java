package io.gatehouse.model;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who had a hand in the versions of decision tables that process owners brought in: whoever proposed one and whoever let
 * it in. What ships has no author.
 */
@Component
public class TableAuthors {

    private final JdbcClient jdbc;

    TableAuthors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The ids of the authors, by table and by the version the engine counts.
     *
     * @param tables ids of decision tables; each is in the answer
     */
    public Map<String, Map<Integer, Set<String>>> of(Collection<String> tables) {
        Map<String, Map<Integer, Set<String>>> authors =
                tables.stream().distinct().collect(toMap(table -> table, table -> new HashMap<>()));
        if (!authors.isEmpty()) {
            jdbc.sql(
                            """
                            select file, model_version, proposed_by, decided_by from model_proposal
                            where file in (:files) and state = 'DEPLOYED'""")
                    .param(
                            "files",
                            authors.keySet().stream().map(TableAuthors::file).collect(toUnmodifiableSet()))
                    .query(row -> {
                        Set<String> people = Objects.requireNonNull(authors.get(tableOf(row.getString("file"))))
                                .computeIfAbsent(row.getInt("model_version"), version -> new HashSet<>());
                        people.add(row.getString("proposed_by"));
                        people.add(row.getString("decided_by"));
                    });
        }
        return authors;
    }

    private static String file(String table) {
        return table + ".dmn";
    }

    private static String tableOf(String file) {
        return file.replaceFirst("\\.dmn$", "");
    }
}
