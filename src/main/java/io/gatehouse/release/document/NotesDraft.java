package io.gatehouse.release.document;

import io.gatehouse.catalog.Deployment;
import io.gatehouse.catalog.Deployments;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.FormText;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.StageRows;
import io.gatehouse.release.StageRun;
import io.gatehouse.release.risk.RiskRows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Writes release notes as Markdown of what is known of a release: what each service was and will be, what is in its package,
 * which changes carried it through its stages and into production, and which open issues somebody has found fit for the
 * notes. What somebody wrote stays in one line and means nothing in it.
 */
@Component
public class NotesDraft {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final TicketRows tickets;
    private final StageRows stages;
    private final RiskRows register;
    private final Deployments deployments;
    private final Changes changes;

    NotesDraft(TicketRows tickets, StageRows stages, RiskRows register, Deployments deployments, Changes changes) {
        this.tickets = tickets;
        this.stages = stages;
        this.register = register;
        this.deployments = deployments;
        this.changes = changes;
    }

    public String of(Release release) {
        ReleaseContent content = release.content();
        StringBuilder text = new StringBuilder("# ").append(FormText.literal(content.name()));
        text.append("\n\n").append(release.number()).append(", ").append(FormText.literal(content.environment()));
        text.append(", ").append(shown(content.window().startsAt()));
        text.append(" to ").append(shown(content.window().endsAt())).append(".\n\n");
        text.append("## Versions\n\n| Service | Was | Is | Digest |\n|---|---|---|---|\n");
        content.items().forEach(item -> version(text, release, item));
        List<ReleaseTicket> brought =
                tickets.find(release.stored()).map(TicketList::tickets).orElse(List.of());
        brought(text, "Tickets", ReleaseTicket.Kind.TICKET, brought, content);
        brought(text, "Commits", ReleaseTicket.Kind.COMMIT, brought, content);
        text.append("\n## Changes\n\n").append(changes(release));
        text.append("\n## Known issues\n\n").append(knownIssues(release));
        return text.toString();
    }

    private void version(StringBuilder text, Release release, Artifact item) {
        text.append("| ").append(FormText.literal(item.service()));
        text.append(" | ").append(before(release, item).map(FormText::literal).orElse("none known"));
        text.append(" | ").append(FormText.literal(item.version()));
        text.append(" | ")
                .append(item.digest() == null ? "" : FormText.literal(item.digest()))
                .append(" |\n");
    }

    /** What runs now or, if this release runs already, what ran before it. */
    private Optional<String> before(Release release, Artifact item) {
        String environment = release.content().environment();
        Optional<Deployment> live = deployments.live(item.service(), environment);
        boolean runs = live.map(Deployment::changeNumber)
                .filter(number -> number.equals(release.progress().change()))
                .isPresent();
        return (runs ? deployments.previous(item.service(), environment) : live).map(Deployment::version);
    }

    private static void brought(
            StringBuilder text,
            String title,
            ReleaseTicket.Kind kind,
            List<ReleaseTicket> all,
            ReleaseContent content) {
        text.append("\n## ").append(title).append("\n\n");
        // The list may be older than the package.
        List<ReleaseTicket> brought = all.stream()
                .filter(one -> one.kind() == kind && content.services().contains(one.service()))
                .toList();
        brought.forEach(one -> text.append("- ")
                .append(FormText.literal(one.service()))
                .append(": ")
                .append(linked(one))
                .append(' ')
                .append(FormText.literal(one.title()))
                .append('\n'));
        if (brought.isEmpty()) {
            text.append("None is listed.\n");
        }
    }

    private static String linked(ReleaseTicket one) {
        String key = FormText.literal(one.key());
        return one.url() == null ? key : "[" + key + "](<" + one.url().replace("&", "&amp;") + ">)";
    }

    private String changes(Release release) {
        StringBuilder text = new StringBuilder();
        for (StageRun run : stages.of(release.stored())) {
            if (run.change() != null) {
                text.append(line(run.stage(), run.change()));
            }
        }
        if (release.progress().change() != null) {
            text.append(line(release.content().environment(), release.progress().change()));
        }
        return text.isEmpty() ? "No change has carried it yet.\n" : text.toString();
    }

    /** Their titles alone: what else the register says is for whoever works on the release. */
    private String knownIssues(Release release) {
        String text = register.of(release.stored()).stream()
                .filter(entry -> entry.isOpen() && entry.content().knownIssue())
                .map(entry -> "- " + FormText.literal(entry.content().title()) + "\n")
                .collect(Collectors.joining());
        return text.isEmpty() ? "None is known.\n" : text;
    }

    private String line(String where, String number) {
        Change change = changes.find(number);
        Object outcome = change.closeCode() == null ? change.state() : change.closeCode();
        return "- " + FormText.literal(where + ": " + number + ", " + outcome)
                + (change.rolledBack() ? ", rolled back\n" : "\n");
    }

    private static String shown(Instant moment) {
        return SHOWN.format(moment);
    }
}
