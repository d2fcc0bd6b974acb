package io.gatehouse.release.web;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** One page to draw on, in points from its upper left corner. What has no room on it is cut off, and says so by dots. */
class PdfPage implements AutoCloseable {

    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();

    private static final String DOTS = "…";
    private static final float LEADING = 1.3f;

    /** How text looks. */
    record Style(float size, boolean bold, Color colour) {

        float line() {
            return size * LEADING;
        }
    }

    private final PdfFonts fonts;
    private final PDPageContentStream content;

    PdfPage(PDDocument document, PdfFonts fonts) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        this.fonts = fonts;
        this.content = new PDPageContentStream(document, page);
    }

    /** Writes one line, at most as wide as given. @return where it ends */
    float line(String text, Style style, float x, float top, float width) throws IOException {
        return write(fit(PdfFonts.clean(text), style, width), style, x, top);
    }

    /** Writes one line that ends at the right. */
    void lineUpTo(String text, Style style, float right, float top) throws IOException {
        write(text, style, right - width(text, style), top);
    }

    /** Writes at most so many lines, broken between words where there are any. @return where the next line would be */
    float lines(String text, Style style, float x, float top, float width, int most) throws IOException {
        float y = top;
        for (String line : wrap(text, style, width, most)) {
            write(line, style, x, y);
            y += style.line();
        }
        return y;
    }

    List<String> wrap(String text, Style style, float width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = PdfFonts.clean(text).strip();
        while (!rest.isEmpty() && lines.size() < most - 1 && width(rest, style) > width) {
            int end = breakAt(rest, style, width);
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty() && most > 0) {
            lines.add(fit(rest, style, width));
        }
        return lines;
    }

    /** After the last word that has room; within a word only if it has none for itself. */
    private int breakAt(String text, Style style, float width) {
        int fitting = fitting(text, style, width);
        int blank = text.lastIndexOf(' ', fitting);
        return blank > 0 ? blank : Math.max(1, fitting);
    }

    private String fit(String text, Style style, float width) {
        if (width(text, style) <= width) {
            return text;
        }
        return text.substring(0, fitting(text, style, width - width(DOTS, style)))
                        .stripTrailing()
                + DOTS;
    }

    /** How many chars of a text have room. */
    private int fitting(String text, Style style, float width) {
        int end = 0;
        float used = 0;
        while (end < text.length()) {
            int next = end + Character.charCount(text.codePointAt(end));
            used += width(text.substring(end, next), style);
            if (used > width) {
                return end;
            }
            end = next;
        }
        return end;
    }

    float width(String text, Style style) {
        float width = 0;
        for (PdfFonts.Run run : fonts.runs(text, style.bold())) {
            width += run.width(style.size());
        }
        return width;
    }

    private float write(String text, Style style, float x, float top) throws IOException {
        float at = x;
        content.setNonStrokingColor(style.colour());
        for (PdfFonts.Run run : fonts.runs(text, style.bold())) {
            content.beginText();
            content.setFont(run.font(), style.size());
            content.newLineAtOffset(at, HEIGHT - top - style.size());
            content.showText(run.text());
            content.endText();
            at += run.width(style.size());
        }
        return at;
    }

    void fill(Color colour, float x, float top, float width, float height) throws IOException {
        content.setNonStrokingColor(colour);
        content.addRect(x, HEIGHT - top - height, width, height);
        content.fill();
    }

    void outline(Color colour, float x, float top, float width, float height, float... dashes) throws IOException {
        content.setStrokingColor(colour);
        content.setLineWidth(0.8f);
        content.setLineDashPattern(dashes, 0);
        content.addRect(x, HEIGHT - top - height, width, height);
        content.stroke();
        content.setLineDashPattern(new float[0], 0);
    }

    void stroke(Color colour, float x, float top, float toX, float toTop) throws IOException {
        content.setStrokingColor(colour);
        content.setLineWidth(0.8f);
        content.moveTo(x, HEIGHT - top);
        content.lineTo(toX, HEIGHT - toTop);
        content.stroke();
    }

    /** Fills what is between corners, given as x and distance from the top by turns. */
    void shape(Color colour, float... corners) throws IOException {
        content.setNonStrokingColor(colour);
        content.moveTo(corners[0], HEIGHT - corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            content.lineTo(corners[i], HEIGHT - corners[i + 1]);
        }
        content.closePath();
        content.fill();
    }

    void disc(Color colour, float x, float top, float radius) throws IOException {
        float y = HEIGHT - top;
        float bend = radius * 0.5523f;
        content.setNonStrokingColor(colour);
        content.moveTo(x - radius, y);
        content.curveTo(x - radius, y + bend, x - bend, y + radius, x, y + radius);
        content.curveTo(x + bend, y + radius, x + radius, y + bend, x + radius, y);
        content.curveTo(x + radius, y - bend, x + bend, y - radius, x, y - radius);
        content.curveTo(x - bend, y - radius, x - radius, y - bend, x - radius, y);
        content.fill();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
