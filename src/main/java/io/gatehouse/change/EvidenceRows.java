package io.gatehouse.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Reads in one statement what must be on file about a change, what is, and what was missing when approvers were chosen. */
@Repository
class EvidenceRows {

    private static final String SQL =
            """
            select 'POLICY' as part, d.id as id, d.table_key as a, d.inputs as b, d.outputs as c, null as digest,
              null as result, null as brings, null as person, null as moment
            from policy_decision d
            where d.change_id = :id and d.round = :round and d.table_key in ('RequireEvidence', 'ChooseApprovers')
            union all
            select 'EVIDENCE', e.id, e.kind, e.url, null, e.digest, e.result, e.brings_sha256, e.provided_by,
              e.provided_at
            from change_evidence e where e.change_id = :id
            union all
            select 'ITEM', 0, s.service_key, s.new_version, null, s.new_digest, null, null, null, null
            from change_service s where s.change_id = :id""";

    private static final String NOTHING = "NONE";

    /**
     * What was read.
     *
     * @param knownGaps what was missing when approvers were chosen in this round; absent if they have not been
     */
    record Read(EvidenceFile file, String brings, @Nullable String knownGaps) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    EvidenceRows(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Read read(Change change) {
        Collected collected = new Collected();
        jdbc.sql(SQL)
                .param("id", change.id())
                .param("round", change.approvalRound())
                .query(collected::add);
        return collected.read(change);
    }

    /** @return its id */
    long add(Change change, Evidence piece, String brings) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into change_evidence
                            (change_id, kind, url, digest, result, brings_sha256, provided_by, provided_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(change.id())
                .param(piece.kind().name())
                .param(piece.url())
                .param(piece.digest())
                .param(piece.result().name())
                .param(brings)
                .param(piece.providedBy())
                .param(LocalDateTime.ofInstant(piece.providedAt(), ZoneOffset.UTC))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    /** A piece and what it is about. */
    private record Filed(Evidence piece, String brings) {

        Evidence besides(String present) {
            return new Evidence(
                    piece.id(),
                    piece.kind(),
                    piece.url(),
                    piece.digest(),
                    piece.result(),
                    brings.equals(present),
                    piece.providedBy(),
                    piece.providedAt());
        }
    }

    /** The rows of the statement, sorted by what they are about. */
    private final class Collected {

        private final SortedMap<EvidenceKind, SortedSet<String>> asked = new TreeMap<>();
        private final List<Filed> filed = new ArrayList<>();
        private final List<Scope.Item> items = new ArrayList<>();
        private boolean policyWasAsked;
        private @Nullable String knownGaps;

        void add(ResultSet row) throws SQLException {
            switch (row.getString("part")) {
                case "POLICY" -> policy(row);
                case "EVIDENCE" -> filed.add(new Filed(piece(row), row.getString("brings")));
                default -> items.add(new Scope.Item(row.getString("a"), row.getString("b"), row.getString("digest")));
            }
        }

        private void policy(ResultSet row) throws SQLException {
            if (row.getString("a").equals(PolicyVersions.REQUIRE_EVIDENCE)) {
                policyWasAsked = true;
                parse(row.getString("c")).forEach(this::need);
            } else {
                JsonNode known = parse(row.getString("b")).get(ChangePolicy.MISSING_EVIDENCE);
                knownGaps = known == null ? knownGaps : known.asText();
            }
        }

        private void need(JsonNode rule) {
            String kind = rule.path("evidence").asText();
            if (!kind.equals(NOTHING)) {
                asked.computeIfAbsent(EvidenceKind.valueOf(kind), first -> new TreeSet<>())
                        .add(rule.path("reason").asText());
            }
        }

        private static Evidence piece(ResultSet row) throws SQLException {
            return new Evidence(
                    row.getLong("id"),
                    EvidenceKind.valueOf(row.getString("a")),
                    row.getString("b"),
                    row.getString("digest"),
                    Evidence.Result.valueOf(row.getString("result")),
                    false,
                    row.getString("person"),
                    row.getObject("moment", LocalDateTime.class).toInstant(ZoneOffset.UTC));
        }

        Read read(Change change) {
            String brings = Scope.brings(items);
            List<Evidence> onFile =
                    filed.stream().map(piece -> piece.besides(brings)).toList();
            return new Read(
                    EvidenceFile.of(policyWasAsked || change.type() != ChangeType.NORMAL, asked, onFile),
                    brings,
                    knownGaps);
        }

        private JsonNode parse(String column) {
            try {
                return json.readTree(column);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A recorded policy decision is not readable", e);
            }
        }
    }
}
