package io.gatehouse.change;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;

import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes templates of standard changes through their life: Rolf proposes, Mona reviews, Rita raises, Oskar implements. */
public final class TemplateDriver {

    /** A second change manager. */
    public static final SignedIn MAX = new SignedIn("max", "change-manager");

    public final String key = "template-" + UUID.randomUUID();

    private final TemplateDrafts drafts;
    private final TemplateVersions versions;
    private final ChangeTemplates templates;
    private final ChangeProcess process;
    private final Changes changes;
    private final Tasks tasks;
    private final TestClock clock;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public TemplateDriver(BeanFactory beans) {
        drafts = beans.getBean(TemplateDrafts.class);
        versions = beans.getBean(TemplateVersions.class);
        templates = beans.getBean(ChangeTemplates.class);
        process = beans.getBean(ChangeProcess.class);
        changes = beans.getBean(Changes.class);
        tasks = beans.getBean(Tasks.class);
        clock = beans.getBean(TestClock.class);
        jdbc = beans.getBean(JdbcTemplate.class);
        transaction = beans.getBean(TransactionTemplate.class);
        ChangeFixture.catalog(jdbc);
    }

    public static TemplateContent content(String title, OpenField... open) {
        return content(title, "oslo-config", "staging", open);
    }

    public static TemplateContent content(String title, String service, String environment, OpenField... open) {
        return new TemplateContent(
                title,
                service,
                environment,
                new Plans("restart", "ask it", "restart again", null),
                Set.of(open),
                SuspensionRule.USUAL);
    }

    /** @return the number of the version that is in review since */
    public String proposed(TemplateContent content) {
        return transaction.execute(status -> ROLF.does(() -> {
            Precondition expected =
                    templates.exists(key) ? Precondition.parse("*", null) : Precondition.parse(null, "*");
            drafts.write(key, content, expected);
            return drafts.submit(key).number();
        }));
    }

    /** @return the number of the version that is in force since */
    public String inForce(TemplateContent content) {
        String number = proposed(content);
        review(MONA, number, "LET_IN");
        return number;
    }

    public void review(SignedIn reviewer, String number, String decision) {
        reviewer.runs(
                () -> tasks.submit(number, "ReviewTemplate", null, Map.of("decision", decision, "reason", "Read it")));
    }

    public void decide(SignedIn owner, String number, String decision) {
        owner.runs(() -> tasks.submit(
                number, "DecideOnSuspendedTemplate", null, Map.of("decision", decision, "reason", "Looked at it")));
    }

    public TemplateVersion.State stateOf(String number) {
        return versions.get(number).state();
    }

    public CatalogueEntry entry() {
        return templates.get(key);
    }

    public String raised(SignedIn requester, OpenDetails details) {
        return requester.does(() -> process.raiseStandard(person(requester), key, openNow(), details)
                .number());
    }

    public Change submitted(SignedIn requester) {
        String number = raised(requester, OpenDetails.NONE);
        requester.runs(() -> process.submit(person(requester), number));
        return changes.find(number);
    }

    /** Raises a change, implements it with this result, and closes it. */
    public String used(String result) {
        String number = submitted(RITA).number();
        OSKAR.runs(() -> tasks.submit(number, "ImplementChange", null, Map.of("result", result)));
        if (!result.equals("SUCCESSFUL")) {
            MONA.runs(() ->
                    tasks.submit(number, "ReviewChange", null, Map.of("closeCode", result, "lessons", "test first")));
        }
        clock.advance(Duration.ofSeconds(1));
        return number;
    }

    public static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }

    private Window openNow() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
    }
}
