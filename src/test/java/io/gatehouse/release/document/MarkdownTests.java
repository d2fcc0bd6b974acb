package io.gatehouse.release.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTests {

    @Test
    void showsWhatRunbooksAreMadeOf() {
        String html = Markdown.html(
                """
                # Before

                - [ ] Look at **the graph**
                - [x] Say so

                | Host | Version |
                |------|---------|
                | a    | `1.0`   |

                <https://graphs.example/1> and a < b

                [The board](https://board.example/a?b=1&c=2)
                """);

        assertThat(html)
                .contains("<h1>Before</h1>", "<strong>the graph</strong>", "<td><code>1.0</code></td>")
                .contains(
                        "href=\"https://graphs.example/1\" rel=\"nofollow noopener noreferrer\">https://graphs.example/1</a> and a &lt; b")
                .contains("<input type=\"checkbox\" disabled=\"\">", "checked")
                .contains(
                        "href=\"https://board.example/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\">The board</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "text <img src=x onerror=alert(1)> text",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<iframe src=https://evil.example></iframe>",
                "<style>body { display: none }</style>",
                "<!-- --><svg onload=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](<JaVaScRiPt:alert(1)>)",
                "[x](java&#10;script:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:x)",
                "[x](//evil.example/a)",
                "[x](/api/v1/people)",
                "[x](https:/api/v1/people)",
                "[x](file:///etc/passwd)",
                "![x](https://evil.example/a.png)",
                "![x](javascript:alert(1))",
                "![x](https://evil.example/a.png\" onerror=\"alert(1))",
                "[x](https://a.example/\" onclick=\"alert(1))",
                "[x](https://a.example \"a\\\" onclick=\\\"alert(1)\")",
                "[x]: javascript:alert(1)\n\n[x]",
                "<javascript:alert(1)>",
                "```\"><script>alert(1)</script>\nx\n```",
                "| <script> |\n|---|\n| <b onclick=alert(1)> |",
                "- [ ] <script>alert(1)</script>"
            })
    void letsNothingThroughThatDoesSomethingToWhoeverReads(String hostile) {
        String html = Markdown.html(hostile).toLowerCase(Locale.ROOT);
        // What is left in quotes of an attribute or as text is no tag and no attribute.
        String tags = html.replaceAll("\"[^\"]*\"", "\"\"").replaceAll(">[^<]*<", "><");

        assertThat(tags).doesNotContain("script", "onerror", "onclick", "onload", "<img", "<iframe", "<style", "<svg");
        assertThat(html).doesNotContainPattern("href=\"(?!https?://[^/]|mailto:)");
        assertThat(html).doesNotContain("src=\"");
    }

    @Test
    void makesALinkOfAPicture() {
        assertThat(Markdown.html("![the graph](https://graphs.example/1.png)"))
                .contains(
                        "<a href=\"https://graphs.example/1.png\" rel=\"nofollow noopener noreferrer\">the graph</a>");
    }

    @Test
    void refusesTablesThatAreMoreThanTheySeem() {
        String wide = "|a".repeat(20_000) + "\n" + "|-".repeat(20_000) + "\n" + "a\n".repeat(9_000);

        assertThat(Markdown.objection(wide))
                .hasValueSatisfying(why -> assertThat(why).contains("cells"));
        assertThat(Markdown.objection("| a | b |\n|---|---|\n" + "| 1 | 2 |\n".repeat(2000)))
                .isEmpty();
    }

    /** With half of the stack that a thread has which answers a request. */
    @Test
    void showsWhatIsNestedAsDeepAsItCanBe() throws InterruptedException {
        int pairs = BoundedInlines.MOST_MARKS / 2;
        String deep = ">".repeat(1000) + "*a _a ".repeat(pairs / 2) + "a_ a*".repeat(pairs / 2);
        String deeper = "*a **a ".repeat(2000) + "a** a*".repeat(2000);
        AtomicReference<String> html = new AtomicReference<>("");
        Thread small = new Thread(null, () -> html.set(Markdown.html(deep + "\n\n" + deeper)), "small", 512 * 1024);
        small.start();
        small.join();

        assertThat(html.get()).contains("<em>a <em>a", "*a **a *a");
    }

    /** As long as a document may be, of what parsers have stumbled over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "![",
                "![[]()",
                "[a](",
                "[a](<b",
                "[a](\"",
                "[a]: b\n",
                "[a]: <",
                "[a][",
                "*",
                "_",
                "*a_ ",
                "**a ",
                "`",
                "`a``a```a",
                "~~~\n",
                "<",
                "<https://",
                "<!--",
                "<a b=\"",
                "&",
                "&#",
                "> ",
                ">>\n",
                "- ",
                "- a\n ",
                "1. a\n\n",
                "\\",
                "|",
                "|\n|-\n",
                "a\n=\n",
                "\t",
                "- [ ] "
            })
    void isQuickWithWhatIsNoMarkdown(String odd) {
        String text = odd.repeat(100_000 / odd.length());

        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            if (Markdown.objection(text).isEmpty()) {
                Markdown.html(text);
            }
        });
    }
}
