package io.gatehouse.release.web;

import io.gatehouse.release.web.PdfPage.Style;
import io.gatehouse.release.web.StageChart.Row;
import io.gatehouse.release.web.StageChart.Span;
import io.gatehouse.release.web.StatusSheet.Bar;
import io.gatehouse.release.web.StatusSheet.Fact;
import io.gatehouse.release.web.StatusSheet.Light;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** Prints a status report on one sheet of A4. Whatever a release says is only ever text here, and nothing is fetched. */
final class StatusReportPdf {

    private static final float LEFT = 42;
    private static final float RIGHT = PdfPage.WIDTH - 42;
    private static final float FULL = RIGHT - LEFT;
    private static final float GAP = 12;

    private static final Color INK = new Color(0x1b1f24);
    private static final Color MUTED = new Color(0x57606a);
    private static final Color LINE = new Color(0xd0d7de);
    private static final Color PALE = new Color(0xe7ebef);
    private static final Color DONE = new Color(0x24466f);
    private static final Color EXPECTED = new Color(0xb9cfe8);
    private static final Color GOOD = new Color(0x1a7f37);
    private static final Color DOUBTFUL = new Color(0x9a6700);
    private static final Color BAD = new Color(0xb3261e);

    private static final Style TITLE = new Style(17, true, INK);
    private static final Style HEADING = new Style(10.5f, true, INK);
    private static final Style TEXT = new Style(8.5f, false, INK);
    private static final Style STRONG = new Style(8.5f, true, INK);
    private static final Style SMALL = new Style(7.5f, false, MUTED);
    private static final Style MARK = new Style(7.5f, true, BAD);

    private static final float CHART_HEIGHT = 220;
    private static final float LIST_END = PdfPage.HEIGHT - 78;

    private final StatusSheet sheet;
    private final PdfPage page;
    private final PdfFonts fonts;

    private StatusReportPdf(StatusSheet sheet, PdfPage page, PdfFonts fonts) {
        this.sheet = sheet;
        this.page = page;
        this.fonts = fonts;
    }

    static byte[] of(StatusSheet sheet) {
        try (PDDocument document = new PDDocument()) {
            PdfFonts fonts = new PdfFonts(document);
            try (PdfPage page = new PdfPage(document, fonts)) {
                new StatusReportPdf(sheet, page, fonts).draw();
            }
            describe(document, sheet);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(PDDocument document, StatusSheet sheet) {
        PDDocumentInformation about = new PDDocumentInformation();
        about.setTitle("Status of " + sheet.number() + ": " + PdfFonts.clean(sheet.name()));
        about.setProducer("Gatehouse");
        document.setDocumentInformation(about);
        document.getDocumentCatalog().setLanguage("en");
        PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        document.getDocumentCatalog().setViewerPreferences(preferences);
    }

    private void draw() throws IOException {
        float y = heading(38);
        y = lights(y + 8);
        y = chart(y + GAP);
        y = bars(y + GAP);
        y = register(y + GAP);
        lists(y + GAP);
        foot();
    }

    private float heading(float top) throws IOException {
        page.line("Status report", SMALL, LEFT, top, FULL / 2);
        page.lineUpTo("As of " + sheet.asOf(), SMALL, RIGHT, top);
        float y = page.lines(sheet.number() + " " + sheet.name(), TITLE, LEFT, top + 12, FULL, 2) + 3;
        float x = LEFT;
        for (Fact fact : sheet.facts()) {
            float label = page.width(fact.label() + ": ", SMALL);
            float value = Math.min(page.width(fact.value(), STRONG), FULL - label);
            if (x > LEFT && x + label + value > RIGHT) {
                x = LEFT;
                y += TEXT.line() + 1;
            }
            page.line(fact.label() + ": ", SMALL, x, y + 1, label + 1);
            x = page.line(fact.value(), STRONG, x + label, y, value + 0.1f) + 14;
        }
        return y + TEXT.line();
    }

    private float lights(float top) throws IOException {
        float width = (FULL - 2 * GAP) / 3;
        float height = 84;
        float x = LEFT;
        for (Light light : sheet.lights()) {
            page.outline(LINE, x, top, width, height);
            lamp(light, x + 14, top + 25);
            page.line(light.title(), SMALL, x + 28, top + 7, width - 34);
            page.line(light.word(), new Style(12, true, colour(light)), x + 28, top + 17, width - 34);
            float y = top + 38;
            int left = 4;
            for (String reason : light.reasons()) {
                float next = page.lines(reason, new Style(7.8f, false, INK), x + 8, y, width - 16, left);
                left -= Math.round((next - y) / (7.8f * 1.3f));
                y = next;
            }
            x += width + GAP;
        }
        return top + height;
    }

    /** A shape of its own for each, for whoever does not see the colour. */
    private void lamp(Light light, float x, float y) throws IOException {
        Color colour = colour(light);
        switch (light.level()) {
            case GOOD -> page.disc(colour, x, y, 6);
            case DOUBTFUL -> page.shape(colour, x - 7, y + 6, x + 7, y + 6, x, y - 7);
            case BAD -> page.fill(colour, x - 6, y - 6, 12, 12);
            case OFF -> page.fill(colour, x - 6, y - 1.5f, 12, 3);
        }
    }

    private static Color colour(Light light) {
        return switch (light.level()) {
            case GOOD -> GOOD;
            case DOUBTFUL -> DOUBTFUL;
            case BAD -> BAD;
            case OFF -> MUTED;
        };
    }

    private float chart(float top) throws IOException {
        StageChart chart = sheet.chart();
        List<Row> rows = chart.rows();
        float end = page.line("Plan and progress", HEADING, LEFT, top, FULL);
        legend(end + 14, top + 2);
        float y = top + 18;
        float height = Math.min(30, CHART_HEIGHT / rows.size());
        float x = LEFT + 118;
        float width = FULL - 118 - 168;
        float bottom = y + height * rows.size();
        for (Row row : rows) {
            page.stroke(PALE, LEFT, y, RIGHT, y);
            row(row, x, y, width, height);
            y += height;
        }
        if (chart.today() != null) {
            float today = x + width * chart.today().floatValue();
            page.stroke(BAD, today, top + 18, today, bottom);
        }
        page.line(chart.from(), SMALL, x, bottom + 2, 80);
        page.lineUpTo(chart.to(), SMALL, x + width, bottom + 2);
        return bottom + SMALL.line();
    }

    private void legend(float x, float top) throws IOException {
        page.fill(LINE, x, top + 2, 14, 5);
        float at = page.line("planned", SMALL, x + 18, top, 80) + 10;
        page.fill(DONE, at, top + 2, 14, 5);
        at = page.line("actual", SMALL, at + 18, top, 80) + 10;
        page.fill(EXPECTED, at, top + 2, 14, 5);
        page.outline(DONE, at, top + 2, 14, 5, 2, 1.5f);
        at = page.line("forecast", SMALL, at + 18, top, 80) + 10;
        page.stroke(DONE, at, top + 4.5f, at + 14, top + 4.5f);
        at = page.line("earliest to latest end", SMALL, at + 18, top, 120) + 10;
        page.stroke(BAD, at + 4, top, at + 4, top + 9);
        page.line("now", SMALL, at + 10, top, 80);
    }

    private void row(Row row, float x, float top, float width, float height) throws IOException {
        float text = Math.min(8.5f, height * 0.7f);
        float bar = Math.min(8, height * 0.34f);
        float first = top + (height - 2 * bar - 1) / 2;
        page.line(row.name(), new Style(text, true, INK), LEFT, top + (height - text * 1.15f) / 2, 110);
        span(LINE, row.planned(), x, first, width, bar);
        if (row.expected() != null) {
            span(EXPECTED, row.expected(), x, first + bar + 1, width, bar);
            page.outline(
                    DONE,
                    x + (float) row.expected().from() * width,
                    first + bar + 1,
                    (float) row.expected().width() * width,
                    bar,
                    2,
                    1.5f);
        }
        if (row.actual() != null) {
            span(DONE, row.actual(), x, first + bar + 1, width, bar);
        }
        if (row.range() != null) {
            float middle = first + bar + 1 + bar / 2;
            page.stroke(
                    DONE,
                    x + (float) row.range().from() * width,
                    middle,
                    x + (float) row.range().to() * width,
                    middle);
        }
        words(row, x + width + 8, top, height);
    }

    private void words(Row row, float x, float top, float height) throws IOException {
        Style actual = new Style(Math.min(7.2f, Math.max(height * 0.36f, 6)), false, INK);
        if (height < 2 * actual.line()) {
            page.line(row.actualText(), actual, x, top + (height - actual.line()) / 2, RIGHT - x);
            return;
        }
        float under = top + (height - 2 * actual.line()) / 2;
        page.line(row.plannedText(), new Style(actual.size(), false, MUTED), x, under, RIGHT - x);
        page.line(row.actualText(), actual, x, under + actual.line(), RIGHT - x);
    }

    private void span(Color colour, Span span, float x, float top, float width, float height) throws IOException {
        page.fill(colour, x + (float) span.from() * width, top, Math.max(0.8f, (float) span.width() * width), height);
    }

    private float bars(float top) throws IOException {
        page.line("Budget", HEADING, LEFT, top, FULL);
        float y = top + 17;
        if (sheet.bars().isEmpty()) {
            page.line("Nobody has set one.", TEXT, LEFT, y, FULL);
            return y + TEXT.line();
        }
        float x = LEFT + 118;
        float width = FULL - 118 - 168;
        for (Bar bar : sheet.bars()) {
            page.line(bar.label(), STRONG, LEFT, y, 110);
            page.fill(PALE, x, y + 1, width * (float) bar.planned(), 9);
            page.fill(bar.spent() > bar.planned() ? BAD : DONE, x, y + 1, width * (float) bar.spent(), 9);
            page.outline(MUTED, x, y + 1, width * (float) bar.planned(), 9);
            page.line(bar.text(), TEXT, x + width + 8, y, RIGHT - x - width - 8);
            y += 15;
        }
        return y;
    }

    private float register(float top) throws IOException {
        float width = (FULL - 2 * GAP) / 2;
        float x = LEFT;
        float end = top;
        for (OpenEntries entries : sheet.register()) {
            end = Math.max(end, entries(entries, x, top, width));
            x += width + 2 * GAP;
        }
        return end;
    }

    private float entries(OpenEntries entries, float x, float top, float width) throws IOException {
        page.line(entries.title(), HEADING, x, top, width);
        float y = top + 17;
        if (entries.shown().isEmpty()) {
            page.line(entries.none(), TEXT, x, y, width);
            return y + TEXT.line();
        }
        for (OpenEntries.Line entry : entries.shown()) {
            page.line("–", TEXT, x, y, 8);
            y = page.lines(entry.title(), TEXT, x + 9, y, width - 9, 2);
            float at = x + 9;
            if (!entry.mark().isEmpty()) {
                at = page.line(entry.mark(), MARK, at, y, width - 9) + 5;
                // Below the mark where it has no room beside it, so that nobody's name is cut off.
                if (page.width(entry.standing(), SMALL) > x + width - at) {
                    at = x + 9;
                    y += SMALL.line();
                }
            }
            page.line(entry.standing(), SMALL, at, y, x + width - at);
            y += SMALL.line() + 1;
        }
        if (entries.more() > 0) {
            page.line("and %d more, in the register".formatted(entries.more()), SMALL, x, y, width);
            y += SMALL.line();
        }
        return y;
    }

    private void lists(float top) throws IOException {
        float width = (FULL - 2 * GAP) / 2;
        list("What is missing", sheet.missing(), "Nothing is missing.", LEFT, top, width);
        list("Go or no go", sheet.decision(), "", LEFT + width + 2 * GAP, top, width);
    }

    private void list(String title, List<String> lines, String none, float x, float top, float width)
            throws IOException {
        page.line(title, HEADING, x, top, width);
        float y = top + 17;
        if (lines.isEmpty()) {
            page.line(none, TEXT, x, y, width);
        }
        for (int i = 0; i < lines.size(); i++) {
            int room = (int) ((LIST_END - y) / TEXT.line());
            boolean last = i == lines.size() - 1;
            if (room < (last ? 1 : 2)) {
                page.line("and %d more, on the page".formatted(lines.size() - i), SMALL, x, y, width);
                return;
            }
            page.line("–", TEXT, x, y, 8);
            y = page.lines(lines.get(i), TEXT, x + 9, y, width - 9, last ? Math.min(3, room) : Math.min(3, room - 1))
                    + 1;
        }
    }

    private void foot() throws IOException {
        float y = PdfPage.HEIGHT - 68;
        page.stroke(LINE, LEFT, y - 5, RIGHT, y - 5);
        y = page.lines("Forecast: " + sheet.method(), SMALL, LEFT, y, FULL, 2);
        if (!fonts.missing().isEmpty()) {
            page.lines(missing(), SMALL, LEFT, y, FULL, 2);
        }
        page.lineUpTo("Page 1 of 1", SMALL, RIGHT, PdfPage.HEIGHT - 28);
    }

    private String missing() {
        String first =
                fonts.missing().stream().limit(6).map("U+%04X"::formatted).collect(Collectors.joining(", "));
        return "□ stands for characters that the fonts of this sheet cannot write (" + first
                + (fonts.missing().size() > 6 ? " and others" : "") + "); the page shows them.";
    }
}
