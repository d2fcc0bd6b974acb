package io.gatehouse.release.communication;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.mail.Letter;
import io.gatehouse.mail.LetterWriter;
import io.gatehouse.mail.Outbox;
import io.gatehouse.release.GoNoGoRows;
import io.gatehouse.release.Moment;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseReached;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has people told of releases, as their communication plans say. What is told is written down in the transaction that makes
 * it so, and mailed afterwards: so it is told once for each entry of the plan, whatever becomes of a node.
 */
@Component
class Announcements implements LetterWriter {

    static final String KIND = "release.ANNOUNCEMENT";

    private static final int LONGEST_SUBJECT = 200;

    private final CommunicationRows rows;
    private final TemplateRows templates;
    private final GoNoGoRows decisions;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    Announcements(
            CommunicationRows rows,
            TemplateRows templates,
            GoNoGoRows decisions,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.templates = templates;
        this.decisions = decisions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** Tells whoever shall hear of it. The release is locked. */
    @EventListener
    void tell(ReleaseReached reached) {
        Release release = reached.release();
        Moment moment = reached.moment();
        String stage = reached.stage();
        if (!rows.tells(release.stored(), moment)) {
            return;
        }
        Placeholders.Told told = new Placeholders.Told(
                release, moment, stage, decisions.newest(release.stored()).orElse(null));
        for (CommunicationEntry entry : rows.entries(release.stored())) {
            if (entry.moment() == moment && Objects.equals(entry.stage(), stage)) {
                tell(entry, told);
            }
        }
    }

    private void tell(CommunicationEntry entry, Placeholders.Told told) {
        CommunicationTemplate template = templates.find(entry.template()).orElseThrow();
        String subject = oneLine(Placeholders.fill(template.subject(), told));
        String text = Placeholders.fill(template.text(), told);
        Announcement made = rows.insert(new Announcement(
                0,
                told.release().stored(),
                told.moment(),
                told.stage(),
                template.key(),
                template.version(),
                subject,
                text,
                Announcement.digest(subject, text),
                outbox.isConfigured(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        outbox.add(
                KIND,
                made.id(),
                entry.audience().stream().map(Audience::recipient).distinct().toList());
        audit.recordState(
                "release.Announced",
                AuditTrail.numbered("announcement", made.id()),
                Map.of(
                        "release", told.release().number(),
                        "moment", told.moment().name(),
                        "template", template.key(),
                        "mailed", made.mailed()),
                made.fingerprint());
    }

    /** Whatever somebody called the release. */
    private static String oneLine(String subject) {
        String line = subject.replaceAll("[\\p{C}\\u2028\\u2029]", " ").strip();
        return line.substring(0, Math.min(LONGEST_SUBJECT, line.length()));
    }

    @Override
    public boolean writes(String kind) {
        return kind.equals(KIND);
    }

    @Override
    public Letter write(String kind, long about) {
        return rows.announcement(about)
                .map(made -> new Letter(made.subject(), made.text()))
                .orElseThrow(() -> new IllegalStateException("Nothing was announced as " + about));
    }

    /** What was told of a release, oldest first. */
    List<Announcement> of(Release release) {
        return rows.announcements(release.stored());
    }
}
