package io.gatehouse.release.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.release.web.StageChart.Row;
import io.gatehouse.release.web.StageChart.Span;
import io.gatehouse.release.web.StatusSheet.Bar;
import io.gatehouse.release.web.StatusSheet.Fact;
import io.gatehouse.release.web.StatusSheet.Level;
import io.gatehouse.release.web.StatusSheet.Light;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReportPdfTests {

    private static final String LONG = "The name of this is longer than anybody would ever write it ".repeat(3);

    private static StatusSheet sheet(String name, int stages, int lines) {
        return sheet(name, stages, lines, lines);
    }

    private static StatusSheet sheet(String name, int stages, int lines, int entries) {
        return new StatusSheet(
                "REL-2026-017",
                name,
                List.of(new Fact("State", "DECIDING"), new Fact("Manager", name), new Fact("Window", name)),
                List.of(
                        new Light("Time", "LATE", Level.BAD, List.of(LONG, LONG, LONG)),
                        new Light("Budget", "AT RISK", Level.DOUBTFUL, List.of("It may not do.")),
                        new Light("Readiness", "READY", Level.GOOD, List.of("All is well."))),
                new StageChart(
                        "1 Mar 2026",
                        "9 Mar 2026",
                        0.5,
                        IntStream.range(0, stages)
                                .mapToObj(i -> new Row(
                                        i == stages - 1 ? "production" : i + " " + LONG,
                                        new Span(0.1, 0.4),
                                        new Span(0.1, 0.5),
                                        new Span(0.5, 0.6),
                                        new Span(0.55, 0.9),
                                        "Planned 1 Mar – 3 Mar",
                                        "Begun 1 Mar, likely done 5 Mar (4 Mar – 7 Mar)"))
                                .toList()),
                List.of(new Bar("Effort", 1, 0.3, "30.00 of 100.00 hours"), new Bar("Money", 0.5, 1, "2 of 1 EUR")),
                List.of(
                        register("Top risks", "OVERDUE", entries),
                        register("Open issues", "OVERDUE, BLOCKS IT", entries)),
                IntStream.range(0, lines).mapToObj(i -> i + ": " + LONG).toList(),
                IntStream.range(0, lines)
                        .mapToObj(i -> "seat " + i + ": " + LONG)
                        .toList(),
                "As the test says.",
                "5 Mar 2026 12:00 UTC");
    }

    private static OpenEntries register(String title, String mark, int entries) {
        return new OpenEntries(
                title,
                "Nothing is open.",
                IntStream.range(0, Math.min(3, entries))
                        .mapToObj(i -> new OpenEntries.Line(
                                "RISK-00001" + i + " " + LONG, mark, "20 of 25, rising, due 5 Mar 2026, owner oskar"))
                        .toList(),
                Math.max(0, entries - 3));
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "10, 8", "20, 40", "22, 300"})
    void isOnePageWhateverThereIsToSay(int stages, int lines) throws IOException {
        String text = text(StatusReportPdf.of(sheet(LONG, stages, lines)));

        assertThat(text)
                .contains(
                        "REL-2026-017",
                        "LATE",
                        "AT RISK",
                        "READY",
                        "production",
                        "Page 1 of 1",
                        "30.00 of 100.00 hours")
                .contains("As of 5 Mar 2026 12:00 UTC", "Forecast: As the test says.");
        if (lines > 20) {
            assertThat(text).contains("more, on the page");
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 0", "3, 3", "3, 50", "10, 0", "10, 3", "10, 50", "22, 0", "22, 3", "22, 50"})
    void saysWhatIsOpenWithRoomForWhatIsMissing(int stages, int entries) throws IOException {
        byte[] pdf = StatusReportPdf.of(sheet("Gazpacho", stages, 40, entries));
        Path seen = Path.of("target", "screenshots", "sheet-%d-%d.pdf".formatted(stages, entries));
        Files.createDirectories(seen.getParent());
        Files.write(seen, pdf);
        String text = text(pdf);

        assertThat(text).contains("What is missing", "– 0: The name of", "seat 0: The name of", "more, on the page");
        if (entries == 0) {
            assertThat(text).contains("Nothing is open.").doesNotContain("RISK-");
        } else {
            assertThat(text.split("20 of 25, rising, due 5 Mar 2026, owner oskar", -1))
                    .hasSize(1 + 6);
            assertThat(text.split("OVERDUE, BLOCKS IT", -1)).hasSize(1 + 3);
        }
        assertThat(text.split("and 47 more, in the register", -1)).hasSize(entries == 50 ? 3 : 1);
    }

    @Test
    void saysEachNameInItsLetters() throws IOException {
        byte[] pdf = StatusReportPdf.of(sheet("Zoë Łukasz 山田たろう Αθήνα Жук Ngô", 2, 1));

        assertThat(text(pdf)).contains("Zoë Łukasz 山田たろう Αθήνα Жук Ngô").doesNotContain("□");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (COSName name : document.getPage(0).getResources().getFontNames()) {
                PDFont font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
            }
        }
    }

    @Test
    void saysWhichLettersItCannotWrite() throws IOException {
        String text = text(StatusReportPdf.of(sheet("Ada 🚀 שלום 김", 2, 1)));

        assertThat(text)
                .contains("Ada □ □□□□ □")
                .contains("□ stands for characters that the fonts of this sheet cannot write (U+05D5, U+05DC, U+05DD,")
                .contains("U+1F680");
    }

    @Test
    void breaksNoLineByWhatNobodySees() throws IOException {
        assertThat(text(StatusReportPdf.of(sheet("one\u0000\u202Etwo\nthree\tfour\uD800", 2, 1))))
                .contains("one two three four");
    }

    /** Nothing that a release says is ever more than text, so nothing is fetched and no file is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src='%s'>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM '%s'>]><a>&b;</a>",
                "<svg><image href='%s'/></svg>",
                "url(%s)",
                "(a) /URI /JS (%s)"
            })
    void fetchesNothing(String attack) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        server.start();
        try {
            for (String address :
                    List.of("http://127.0.0.1:" + server.getAddress().getPort(), "file:///etc/passwd")) {
                String name = attack.formatted(address);
                byte[] pdf = StatusReportPdf.of(sheet(name, 2, 1));

                assertThat(text(pdf)).contains(name).doesNotContain("root:");
                try (PDDocument document = Loader.loadPDF(pdf)) {
                    assertThat(document.getPage(0).getAnnotations()).isEmpty();
                    assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
                    assertThat(document.getDocumentCatalog().getNames()).isNull();
                }
                assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).doesNotContain("/JavaScript", "/EmbeddedFile");
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }
}
