package io.gatehouse.release.document;

import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * What one person wrote in Markdown, as HTML that others can open: HTML in it is text, nothing is loaded, and links lead
 * only to other places on the web or to a mail address. What is nested deeper than anybody writes is text.
 */
public final class Markdown {

    private static final int DEEPEST = 50;
    private static final long MOST_CELLS = 200_000;

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), TaskListItemsExtension.create());
    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .inlineParserFactory(BoundedInlines::new)
            .maxOpenBlockParsers(DEEPEST)
            .build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .nodeRendererFactory(OutwardLinks::new)
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .build();

    private Markdown() {}

    /** Why a text cannot be shown as a page, in words that follow the name of a field; empty if it can. */
    static Optional<String> objection(String text) {
        return cells(text) > MOST_CELLS
                ? Optional.of("must not have lines with that many bars: they could be a table of more than "
                        + MOST_CELLS + " cells")
                : Optional.empty();
    }

    public static String html(String text) {
        return RENDERER.render(PARSER.parse(text));
    }

    /** How many a table could have: each of its rows gets as many as its widest. */
    private static long cells(String text) {
        long lines = 0;
        long widest = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            lines++;
            widest = Math.max(
                    widest,
                    1 + line.chars().filter(character -> character == '|').count());
        }
        return lines * widest;
    }
}
