package io.gatehouse.change;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a requester may write; every breach is named at once. */
@Component
class ChangeContentRules {

    static final Duration LONGEST_WINDOW = Duration.ofDays(31);

    private final ChangeSurroundings surroundings;

    ChangeContentRules(ChangeSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    void check(ChangeContent content, Instant now) {
        List<InvalidField> wrong = new ArrayList<>(windowBreaches(content.window(), now));
        wrong.addAll(surroundings.unknown(content.services(), content.environment()));
        Set<String> seen = new HashSet<>();
        for (Artifact artifact : content.artifacts()) {
            if (!content.services().contains(artifact.service()) || !seen.add(artifact.service())) {
                wrong.add(new InvalidField(
                        "artifacts", "must name services of this change, each once, not '" + artifact.service() + "'"));
            }
        }
        for (Link link : content.links()) {
            if (!isWebAddress(link.url())) {
                wrong.add(new InvalidField("links", "must be http or https addresses, not '" + link.url() + "'"));
            }
        }
        refuse(wrong);
    }

    /** Asked again at submission, because a draft may have waited until its window was over. */
    void checkWindow(Window window, Instant now) {
        refuse(windowBreaches(window, now));
    }

    private static List<InvalidField> windowBreaches(Window window, Instant now) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!window.startsAt().isBefore(window.endsAt())) {
            wrong.add(new InvalidField("window.endsAt", "must be after window.startsAt"));
        } else if (Duration.between(window.startsAt(), window.endsAt()).compareTo(LONGEST_WINDOW) > 0) {
            wrong.add(new InvalidField("window.endsAt", "must be at most 31 days after window.startsAt"));
        }
        if (window.isOverAt(now)) {
            wrong.add(new InvalidField("window.endsAt", "must be in the future"));
        }
        return wrong;
    }

    static boolean isWebAddress(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuse(List<InvalidField> wrong) {
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
