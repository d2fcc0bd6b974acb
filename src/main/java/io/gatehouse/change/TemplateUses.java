package io.gatehouse.change;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which version of a template each standard change was raised from, and how those of a template ended. */
@Component
@Transactional
public class TemplateUses {

    /**
     * How the latest changes from a version ended.
     *
     * @param failures the numbers of those that failed or were rolled back, newest first
     * @param uses how many were looked at
     */
    public record TrackRecord(List<String> failures, int uses) {

        static final TrackRecord NONE = new TrackRecord(List.of(), 0);

        boolean breaks(SuspensionRule rule) {
            return failures.size() >= rule.failures();
        }
    }

    private record Use(String number, boolean failed) {}

    private final JdbcClient jdbc;
    private final TemplateVersionRows versions;
    private final AuditTrail audit;

    TemplateUses(JdbcClient jdbc, TemplateVersionRows versions, AuditTrail audit) {
        this.jdbc = jdbc;
        this.versions = versions;
        this.audit = audit;
    }

    /** Notes that a change was raised from a version, which it keeps whatever comes later. */
    public void note(Change change, TemplateVersion from) {
        jdbc.sql("insert into template_use (id, version_id) values (?, ?)")
                .params(change.id(), from.id())
                .update();
        audit.recordState(
                "change.RaisedFromTemplate",
                AuditTrail.numbered("use", change.id()),
                Map.of("change", change.number(), "template", from.template(), "version", from.ordinal()),
                Fingerprint.of(change.id(), from.id()));
    }

    /** The version a change was raised from; empty for one that is older than versions. */
    Optional<TemplateVersion> versionOf(Change change) {
        return jdbc.sql("select version_id from template_use where id = ?")
                .param(change.id())
                .query(Long.class)
                .optional()
                .flatMap(versions::find);
    }

    /** How the latest closed changes from a template ended since this version counts; as many as its rule looks at. */
    public TrackRecord of(TemplateVersion version) {
        if (version.countsSince() == null) {
            return TrackRecord.NONE;
        }
        List<Use> uses = jdbc.sql(
                        """
                select id, close_code, rolled_back from change_request
                where template_key = :template and closed_at >= :since and state = 'CLOSED'
                order by closed_at desc, id desc limit :uses""")
                .param("template", version.template())
                .param("since", LocalDateTime.ofInstant(version.countsSince(), ZoneOffset.UTC))
                .param("uses", version.content().suspension().uses())
                .query((row, i) -> new Use(
                        ChangeNumber.of(row.getLong("id")),
                        row.getBoolean("rolled_back")
                                || CloseCode.UNSUCCESSFUL.name().equals(row.getString("close_code"))))
                .list();
        return new TrackRecord(
                uses.stream().filter(Use::failed).map(Use::number).toList(), uses.size());
    }

    /**
     * How the closed changes from a template went within the look-back, 0 to 100; of the newest {@value PastChanges#NEWEST},
     * whichever version they were raised from.
     */
    int scoreOf(String template, Instant now) {
        return SuccessScore.of(
                jdbc.sql(
                                """
                                select c.close_code, c.rolled_back, c.closed_at,
                                  (select max(%s) from change_incident i
                                    where i.change_id = c.id and i.in_force = true) as worst_incident
                                from change_request c
                                where c.template_key = :template and c.closed_at >= :since and c.state = 'CLOSED'
                                order by c.closed_at desc, c.id desc limit :newest"""
                                        .formatted(PastChanges.BY_SEVERITY))
                        .param("template", template)
                        .param("since", LocalDateTime.ofInstant(now.minus(PastChanges.LOOK_BACK), ZoneOffset.UTC))
                        .param("newest", PastChanges.NEWEST)
                        .query((row, i) -> PastChanges.outcome(row))
                        .list(),
                now);
    }
}
