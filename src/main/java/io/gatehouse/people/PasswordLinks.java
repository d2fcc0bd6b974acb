package io.gatehouse.people;

import io.gatehouse.access.People;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.PersonTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets people choose a password by a link that an administrator hands to them, without the administrator ever knowing it.
 * A link works once and for three days; a new one replaces it.
 */
@Service
@Transactional
public class PasswordLinks {

    static final Duration LIFE = Duration.ofHours(72);

    /**
     * A link that was just made.
     *
     * @param secret what stands at its end; known to nobody once this is gone
     */
    public record Made(String secret, Instant expiresAt) {

        @Override
        public String toString() {
            return "Made[" + expiresAt + "]";
        }
    }

    /** Who chooses a password. */
    public record Chooser(String id, String name) {}

    private record Live(LinkSecret secret, Link link, Chooser chooser) {}

    private final Administrators administrators;
    private final Register register;
    private final PersonWriter writer;
    private final LinkRows links;
    private final PasswordRules rules;
    private final People people;
    private final PersonTrail audit;
    private final Clock clock;

    PasswordLinks(
            Administrators administrators,
            Register register,
            PersonWriter writer,
            LinkRows links,
            PasswordRules rules,
            People people,
            PersonTrail audit,
            Clock clock) {
        this.administrators = administrators;
        this.register = register;
        this.writer = writer;
        this.links = links;
        this.rules = rules;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a link for somebody, whose password of until now and sessions are over with it. */
    public Made make(String id) {
        String caller = administrators.lockAndRequireCaller();
        if (caller.equals(id)) {
            throw ProblemException.conflict(
                    "own-password", "Your own password", "Change your own password at /change-password.");
        }
        if (!register.get(id).enabled()) {
            throw ProblemException.conflict(
                    "person-disabled",
                    "Person disabled",
                    "They could not come in with a new password; enable them first.");
        }
        Instant now = now();
        LinkSecret secret = LinkSecret.random();
        Link link = new Link(Link.Purpose.PASSWORD, id, caller, now, now.plus(LIFE), null);
        links.replace(id, now);
        links.insert(secret, link);
        writer.setPassword(id, LinkSecret.random().text());
        audit.record(
                "people.PasswordLinkMade", id, Map.of("until", link.expiresAt().toString()));
        return new Made(secret.text(), link.expiresAt());
    }

    /** @throws LinkRefused if nobody can choose a password with it */
    @Transactional(readOnly = true)
    public Chooser check(String text) {
        return live(text).chooser();
    }

    /**
     * Sets the password.
     *
     * @return what is wrong with it, in a sentence; empty if it is done
     * @throws LinkRefused if nobody can choose a password with the link any more
     */
    public Optional<String> choose(String text, String password) {
        administrators.lock();
        Live live = live(text);
        String id = live.chooser().id();
        Optional<String> wrong = rules.objection(password, id, live.chooser().name());
        if (wrong.isEmpty()) {
            links.use(live.secret(), now());
            writer.setPassword(id, password);
            audit.record(
                    "people.PasswordSet", id, Map.of("linkMadeBy", live.link().createdBy()));
        }
        return wrong;
    }

    private Live live(String text) {
        LinkSecret secret = LinkSecret.parse(text).orElseThrow(LinkRefused::unknown);
        Link link = links.find(secret)
                .filter(found -> found.purpose() == Link.Purpose.PASSWORD)
                .orElseThrow(LinkRefused::unknown);
        String id = link.person();
        if (id == null || !link.isLiveAt(clock.instant()) || !people.isActive(id)) {
            throw LinkRefused.over(secret);
        }
        return new Live(secret, link, new Chooser(id, register.get(id).name()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
