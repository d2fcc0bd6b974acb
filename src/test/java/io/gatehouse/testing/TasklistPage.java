package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import java.net.URI;
import java.nio.file.Path;

/** The Tasklist as a person uses it: sign in, open the task of a change, claim it, fill in its form, complete it. */
public final class TasklistPage implements AutoCloseable {

    /** Text that can only be read by scrolling within its box. */
    private static final String HIDDEN =
            """
            [...document.querySelectorAll('.fjs-form textarea[disabled], .fjs-form textarea[readonly]')]
                .filter(area => area.scrollHeight > area.clientHeight + 2 || area.scrollWidth > area.clientWidth + 2)
                .map(area => area.value).join('|')""";

    /** Text that is cut off within its own box. */
    private static final String CUT_OFF =
            """
            [...document.querySelectorAll('.fjs-form label')]
                .filter(label => label.scrollWidth > label.clientWidth + 1)
                .map(label => label.innerText).join('|')""";

    /** What reaches beyond the window. */
    private static final String TOO_WIDE =
            """
            [...document.querySelectorAll('.fjs-form *')]
                .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
                .map(part => part.className).join('|')""";

    private final BrowserContext context;
    private final Page page;

    private TasklistPage(BrowserContext context, Page page) {
        this.context = context;
        this.page = page;
    }

    public static TasklistPage signIn(ChromiumBrowser browser, URI address, String person) {
        BrowserContext context = browser.newPerson();
        Page page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.navigate(address.resolve("/camunda/app/tasklist/default/").toString());
        page.fill("#name", person);
        page.fill("#password", person + "-sample");
        page.click("button[type=submit]");
        TasklistPage tasklist = new TasklistPage(context, page);
        try {
            tasklist.awaitTasks();
        } catch (TimeoutError nothingToDo) {
            tasklist.screenshot(Path.of("target/screenshots/no-tasks-for-" + person + ".png"));
            throw nothingToDo;
        }
        return tasklist;
    }

    /** The page gives up what it loads after seven seconds, which a server that has just started may take. */
    private void awaitTasks() {
        try {
            page.waitForSelector(".tasks-list li.task", new Page.WaitForSelectorOptions().setTimeout(20_000));
        } catch (TimeoutError slow) {
            page.reload();
            page.waitForSelector(".tasks-list li.task");
        }
    }

    /** Opens the task whose card shows this title and number, on the first page of the list or the next, and claims it. */
    public TasklistPage claim(String title, String number) {
        take(title, number);
        page.waitForSelector(".fjs-form input[type=radio]:not([disabled])");
        return this;
    }

    /** As {@link #claim}, of a task that asks for nothing but to be done. */
    public TasklistPage claimToConfirm(String title, String number) {
        take(title, number);
        page.waitForSelector(".fjs-form");
        page.waitForSelector("button:has-text('Complete'):not([disabled])");
        return this;
    }

    private void take(String title, String number) {
        Locator card = page.locator(".tasks-list li.task")
                .filter(new Locator.FilterOptions().setHasText(title))
                .filter(new Locator.FilterOptions().setHasText(number))
                .first();
        Locator next = page.locator(".pagination-next:not(.disabled) a");
        try {
            card.or(next).first().waitFor();
            if (!card.isVisible()) {
                next.first().click();
            }
            card.click();
        } catch (TimeoutError missing) {
            throw new AssertionError(
                    title + " of " + number + " is not among the tasks:\n" + page.innerText(".tasks-list"), missing);
        }
        page.locator("button:has-text('Claim'), a:has-text('Claim')").first().click();
    }

    /** Goes on as on a screen of this width, in pixels. */
    public TasklistPage onScreen(int width) {
        page.setViewportSize(width, 900);
        return this;
    }

    /** Waits until the form has come to rest between the sides of the window, and scrolls to its beginning. */
    public void awaitFormInWindow() {
        try {
            page.waitForFunction("(() => { const form = document.querySelector('.fjs-form').getBoundingClientRect();"
                    + " return form.left >= 0 && form.right <= innerWidth + 1; })()");
            page.evaluate("document.querySelector('.fjs-form').scrollIntoView()");
        } catch (TimeoutError elsewhere) {
            screenshot(Path.of("target/screenshots/form-elsewhere.png"));
            throw elsewhere;
        }
    }

    /**
     * Requires that all of the form can be read on a window of this width, and takes a picture of it there.
     *
     * @param name of the picture
     */
    public void requireWholeAt(int width, String name) {
        onScreen(width);
        awaitFormInWindow();
        screenshot(Path.of("target/screenshots/" + name + "-" + width + ".png"));
        assertThat(evaluate(HIDDEN)).as("what is hidden at " + width).isEqualTo("");
        assertThat(evaluate(TOO_WIDE))
                .as("what is beyond the window at " + width)
                .isEqualTo("");
        assertThat(evaluate(CUT_OFF)).as("what is cut off at " + width).isEqualTo("");
    }

    /** What the form shows. */
    public String form() {
        return page.locator(".fjs-form").innerText();
    }

    /** How many elements of the page a selector finds. */
    public int count(String selector) {
        return page.locator(selector).count();
    }

    /** What a script says in the page. */
    public Object evaluate(String script) {
        return page.evaluate(script);
    }

    /** What a read-only field of the form shows. */
    public String field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .inputValue();
    }

    public TasklistPage choose(String label) {
        page.locator(".fjs-form .fjs-form-field-radio label:has-text('" + label + "')")
                .first()
                .click();
        return this;
    }

    /** Ticks the box with this label, which is taken as it is. */
    public TasklistPage tick(String label) {
        page.locator(".fjs-form .fjs-form-field-checkbox label")
                .filter(new Locator.FilterOptions().setHasText(label))
                .first()
                .click();
        return this;
    }

    public TasklistPage fill(String label, String text) {
        page.locator(".fjs-form .fjs-form-field-textarea")
                .filter(new Locator.FilterOptions().setHasText(label))
                .locator("textarea:not([disabled])")
                .last()
                .fill(text);
        return this;
    }

    /** Closes what the page says about the last attempt, which lies over the buttons. */
    public TasklistPage closeMessage() {
        page.locator("[notifications-panel] .close:not(.ng-hide)").first().click();
        return this;
    }

    /** Hands the form in and returns the status the server answered. */
    public int complete() {
        Response response = page.waitForResponse(
                answer -> answer.url().endsWith("/submit-form"),
                () -> page.locator("button:has-text('Complete')").first().click());
        return response.status();
    }

    public void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
