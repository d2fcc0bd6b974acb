package io.gatehouse.release.communication;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Teams;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.mail.Channels;
import io.gatehouse.release.Moment;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseStage;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What people may write of who hears what; every breach is named at once. */
@Component
class CommunicationRules {

    private static final String PLAIN_ADDRESS = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+";

    private final TemplateRows templates;
    private final Permissions permissions;
    private final Channels channels;

    CommunicationRules(TemplateRows templates, Permissions permissions, Channels channels) {
        this.templates = templates;
        this.permissions = permissions;
        this.channels = channels;
    }

    void check(Release release, List<CommunicationEntry> entries) {
        List<InvalidField> wrong = new ArrayList<>();
        List<String> stages =
                release.content().stages().stream().map(ReleaseStage::name).toList();
        Set<String> known = templates.known(
                entries.stream().map(CommunicationEntry::template).distinct().toList());
        for (int i = 0; i < entries.size(); i++) {
            CommunicationEntry entry = entries.get(i);
            String field = "entries[" + i + "].";
            if (!known.contains(entry.template())) {
                wrong.add(new InvalidField(
                        field + "template", "must be the key of a template; GET /api/v1/communication-templates"));
            }
            if ((entry.moment() == Moment.STAGE_PASSED) != (entry.stage() != null)) {
                wrong.add(new InvalidField(
                        field + "stage", "must name the stage of the moment STAGE_PASSED, and of no other"));
            } else if (entry.stage() != null && !stages.contains(entry.stage())) {
                wrong.add(new InvalidField(
                        field + "stage", "must be a stage of the release: " + String.join(", ", stages)));
            }
            audience(field + "audience", entry.audience(), wrong);
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private void audience(String field, List<Audience> audience, List<InvalidField> wrong) {
        Set<String> seen = new HashSet<>();
        for (Audience one : audience) {
            objection(one).ifPresent(why -> wrong.add(new InvalidField(field, why)));
            if (!seen.add(one.kind() + one.name().toLowerCase(Locale.ROOT))) {
                wrong.add(new InvalidField(field, "must name each once, not '" + one.name() + "' again"));
            }
        }
    }

    private Optional<String> objection(Audience one) {
        return switch (one.kind()) {
            case ROLE -> permissions.isRole(one.name())
                    ? Optional.empty()
                    : Optional.of("must name roles, not '" + one.name() + "'");
            case TEAM -> Teams.objection(one.name());
            case ADDRESS -> isAddress(one.name())
                    ? Optional.empty()
                    : Optional.of("must name mail addresses such as all@example.org, not '" + one.name() + "'");
            case CHANNEL -> channels.names().contains(one.name())
                    ? Optional.empty()
                    : Optional.of(
                            "must name channels that there are, " + channels.names() + ", not '" + one.name() + "'");
        };
    }

    /** One, without a name beside it and without anything that a mail server could take for another. */
    private static boolean isAddress(String written) {
        try {
            new InternetAddress(written, true).validate();
            return written.matches(PLAIN_ADDRESS);
        } catch (AddressException e) {
            return false;
        }
    }
}
