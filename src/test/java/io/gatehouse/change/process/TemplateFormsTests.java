package io.gatehouse.change.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.Precondition;
import io.gatehouse.change.CatalogueEntry;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever reviews a template or decides about a suspended one sees all of it in the Tasklist. */
@EngineTest
@NeedsChromium
class TemplateFormsTests {

    private static final String KEY = "restart-heat";

    @LocalServerPort
    private int port;

    @Autowired
    private TemplateDrafts drafts;

    @Autowired
    private TemplateSuspensions suspensions;

    @Autowired
    private ChangeTemplates templates;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void aTemplateIsLetInAndLaterRetiredInTheTasklist(ChromiumBrowser browser) {
        TemplateContent content = new TemplateContent(
                "Restart heat <b>now</b>",
                "heat",
                "production",
                new Plans("Node by node", "Ask each", "Start the old one", null),
                Set.of(OpenField.LINKS),
                new SuspensionRule(3, 7));
        String number = transaction.execute(status -> SignedIn.ROLF.does(() -> {
            drafts.write(KEY, content, Precondition.parse(null, "*"));
            return drafts.submit(KEY).number();
        }));

        try (TasklistPage tasklist = signIn(browser, "mona")) {
            tasklist.onScreen(1280).claim("Review template", number);
            assertThat(tasklist.form())
                    .contains(KEY, "Restart heat <b>now</b>", "the window, links", "3 failures in 7 uses", "rolf");
            tasklist.onScreen(1280).choose("Let it in").fill("Reason", "Done so for years");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(templates.get(KEY).state()).isEqualTo(CatalogueEntry.State.ACTIVE);

        SignedIn.OSKAR.runs(() -> suspensions.suspend(KEY, "It hurts"));
        try (TasklistPage tasklist = signIn(browser, "mona")) {
            tasklist.onScreen(1280).claim("Decide on suspended template", number);
            tasklist.onScreen(1280).choose("Retire it").fill("Reason", "Nobody needs it");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(templates.get(KEY).state()).isEqualTo(CatalogueEntry.State.RETIRED);
    }

    private TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person);
    }
}
