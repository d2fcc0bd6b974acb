package io.gatehouse.people;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.PersonTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets whoever reads the log of an installation without an administrator become the first. The link for it works once, for
 * a day, and not at all once there is an administrator.
 */
@Service
@Transactional
public class FirstAdministrator {

    static final Duration LIFE = Duration.ofHours(24);

    /** A link that was just made; the secret is known to nobody once this is gone. */
    record Offer(LinkSecret secret, Instant until) {}

    private final Administrators administrators;
    private final PersonWriter writer;
    private final PasswordRules rules;
    private final CurrentPerson currentPerson;
    private final LinkRows links;
    private final AuditTrail audit;
    private final PersonTrail people;
    private final Clock clock;

    FirstAdministrator(
            Administrators administrators,
            PersonWriter writer,
            PasswordRules rules,
            CurrentPerson currentPerson,
            LinkRows links,
            AuditTrail audit,
            PersonTrail people,
            Clock clock) {
        this.administrators = administrators;
        this.writer = writer;
        this.rules = rules;
        this.currentPerson = currentPerson;
        this.links = links;
        this.audit = audit;
        this.people = people;
        this.clock = clock;
    }

    /** Makes a link; empty if there is an administrator. Links of other starts stay as good as they are. */
    Optional<Offer> offer() {
        administrators.lock();
        if (administrators.exist()) {
            return Optional.empty();
        }
        Instant now = now();
        Offer offer = new Offer(LinkSecret.random(), now.plus(LIFE));
        links.insert(
                offer.secret(),
                new Link(Link.Purpose.FIRST_ADMINISTRATOR, null, currentPerson.idOrSystem(), now, offer.until(), null));
        audit.record(
                "people.FirstAdministratorOffered",
                "-",
                Map.of("until", offer.until().toString()));
        return Optional.of(offer);
    }

    /** @throws LinkRefused if the link does not make anybody the first administrator now */
    @Transactional(readOnly = true)
    public void check(String link) {
        live(link);
    }

    /**
     * Makes somebody the first administrator.
     *
     * @return what is wrong with the name or the password, in sentences; empty if it is done
     * @throws LinkRefused if the link does not make anybody the first administrator any more
     */
    public List<String> appoint(String link, String id, String name, String password) {
        administrators.lock();
        LinkSecret secret = live(link);
        List<String> wrong = new ArrayList<>();
        PersonId.objection(id).ifPresent(objection -> wrong.add("The name to sign in with " + objection + "."));
        if (wrong.isEmpty() && writer.isTaken(id)) {
            wrong.add("Somebody has or had the name " + id + "; take another.");
        }
        FullName.objection(name).ifPresent(objection -> wrong.add("The full name " + objection + "."));
        rules.objection(password, id, name).ifPresent(wrong::add);
        if (wrong.isEmpty()) {
            Set<String> roles = administrators.roles();
            links.use(secret, now());
            writer.add(id, new PersonDescription(name, null, roles, Set.of()), password);
            people.record("people.FirstAdministratorAdded", id, Map.of("roles", roles));
        }
        return wrong;
    }

    private LinkSecret live(String text) {
        LinkSecret secret = LinkSecret.parse(text).orElseThrow(LinkRefused::unknown);
        Link link = links.find(secret)
                .filter(found -> found.purpose() == Link.Purpose.FIRST_ADMINISTRATOR)
                .orElseThrow(LinkRefused::unknown);
        if (!link.isLiveAt(clock.instant()) || administrators.exist()) {
            throw LinkRefused.over(secret);
        }
        return secret;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
