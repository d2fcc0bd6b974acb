package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The versions of templates. Whoever moves one locks all versions of its template first. */
@Service
@Transactional
public class TemplateVersions {

    private final TemplateVersionRows rows;
    private final AuditTrail audit;
    private final Clock clock;

    TemplateVersions(TemplateVersionRows rows, AuditTrail audit, Clock clock) {
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every version of a template, newest first. */
    @Transactional(readOnly = true)
    public List<TemplateVersion> of(String template) {
        return rows.of(List.of(template)).stream()
                .sorted(Comparator.comparing(TemplateVersion::ordinal).reversed())
                .toList();
    }

    /** The version that tasks call by this number, or the problem {@code version-not-found}. */
    @Transactional(readOnly = true)
    public TemplateVersion get(String number) {
        return find(number)
                .orElseThrow(() -> ProblemException.notFound(
                        "version-not-found", "No such version", "No version of a template is called " + number + "."));
    }

    @Transactional(readOnly = true)
    Optional<TemplateVersion> find(String number) {
        return TemplateNumber.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst();
    }

    /** The number of the version with this ordinal, or the problem {@code version-not-found}. */
    @Transactional(readOnly = true)
    public String numberOf(String template, int ordinal) {
        return of(template).stream()
                .filter(version -> version.ordinal() == ordinal)
                .findFirst()
                .map(TemplateVersion::number)
                .orElseThrow(() -> ProblemException.notFound(
                        "version-not-found",
                        "No such version",
                        template + " has no version " + ordinal + "; GET /api/v1/change-templates/" + template
                                + "/versions lists them all."));
    }

    /** The version of this number as it is now, its template locked. */
    TemplateVersion lock(String number) {
        return rows.lock(get(number).template()).stream()
                .filter(version -> version.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a version that is moved, counts that, and writes it down. The template must be locked. */
    TemplateVersion save(String action, TemplateVersion before, TemplateVersion after, Map<String, ?> facts) {
        TemplateVersion saved = after.counted(nextCount(rows.lock(before.template())));
        rows.update(before, saved);
        record(action, saved, facts);
        return saved;
    }

    void record(String action, TemplateVersion about, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("template", about.template());
        all.put("ordinal", about.ordinal());
        all.put("state", about.state().name());
        audit.recordState(action, about.number(), all, about.fingerprint());
    }

    static long nextCount(List<TemplateVersion> versions) {
        return versions.stream().mapToLong(TemplateVersion::version).max().orElse(0) + 1;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
