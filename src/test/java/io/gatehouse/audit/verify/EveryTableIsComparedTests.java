package io.gatehouse.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** No table and no column gets in without somebody having said how an edit of it is found, or why it need not be. */
@OnH2
@ProcessTest
class EveryTableIsComparedTests {

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void everyTableOfOursIsComparedOrListedWithAReason() {
        Set<String> ours = jdbc
                .queryForList(
                        """
                        select lower(table_name) from information_schema.tables
                        where table_schema = 'PUBLIC' and lower(table_name) not like 'act!_%' escape '!'""",
                        String.class)
                .stream()
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.concat(
                        ComparedTables.all().stream().map(ComparedTable::name),
                        ComparedTables.NOT_COMPARED.keySet().stream())
                .filter(name -> !name.startsWith("ACT_"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).isEqualTo(ours);
    }

    @Test
    void everyColumnOfAComparedTableIsDigestedOrListedWithAReason() {
        for (ComparedTable table : ComparedTables.all()) {
            assertThat(Stream.of(
                                    table.columns(),
                                    table.later(),
                                    table.named(),
                                    table.others().keySet())
                            .flatMap(Collection::stream)
                            .map(column -> column.toLowerCase(Locale.ROOT)))
                    .as(table.name())
                    .containsExactlyInAnyOrderElementsOf(columnsOf(table.name()));
        }
    }

    @Test
    void theGuideForAuditorsSaysTheSame() throws IOException {
        String guide = Files.readString(Path.of("docs", "audit.md"));

        assertThat(ComparedTables.all()).allSatisfy(table -> assertThat(guide).contains("`" + table.name() + "`"));
        assertThat(ComparedTables.NOT_COMPARED)
                .allSatisfy((table, reason) -> assertThat(guide).contains("| `" + table + "` | " + reason + " |"));
    }

    private List<String> columnsOf(String table) {
        return jdbc.queryForList(
                "select lower(column_name) from information_schema.columns"
                        + " where table_schema = 'PUBLIC' and lower(table_name) = lower(?)",
                String.class,
                table);
    }
}
