package io.gatehouse.release.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The fonts of one printed sheet. Characters that none of them can write, because they are not in it or need more than
 * one glyph after the other, are counted and stand as a box, so that the sheet can say so.
 */
class PdfFonts {

    /** What stands for a character that cannot be written. */
    static final int BOX = 0x25A1;

    /** Each is read when something needs it: the one of East Asia is large, and most sheets do without. */
    private enum Face {
        PLAIN("DejaVuSansCondensed.ttf"),
        BOLD("DejaVuSansCondensed-Bold.ttf"),
        EAST_ASIAN("DroidSansFallbackFull.ttf");

        private final String file;

        Face(String file) {
            this.file = file;
        }
    }

    private static final Set<UnicodeScript> EAST_ASIAN = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.COMMON);

    /** Their letters take one glyph each, from left to right. */
    private static final Set<UnicodeScript> SIMPLE = Set.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.COMMON,
            UnicodeScript.INHERITED);

    /** A piece of text in one font. */
    record Run(PDFont font, String text) {

        float width(float size) {
            try {
                return font.getStringWidth(text) * size / 1000;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Loaded(PDFont font, CmapLookup glyphs) {

        private boolean has(int character) {
            return glyphs.getGlyphId(character) != 0;
        }
    }

    private final PDDocument document;
    private final Map<Face, Loaded> loaded = new EnumMap<>(Face.class);
    private final SortedSet<Integer> missing = new TreeSet<>();

    PdfFonts(PDDocument document) {
        this.document = document;
    }

    /** Without characters that only tell a program what to do, and with letters and their accents in one. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> clean.append(' ');
                case Character.FORMAT, Character.SURROGATE -> {}
                default -> clean.appendCodePoint(character);
            }
        });
        return clean.toString();
    }

    /** The text in the fonts that have its characters. */
    List<Run> runs(String text, boolean bold) {
        List<Run> runs = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        Face face = bold ? Face.BOLD : Face.PLAIN;
        for (int character : clean(text).codePoints().toArray()) {
            Face fits = face(character, bold);
            if (fits != face && piece.length() > 0) {
                runs.add(new Run(loaded(face).font(), piece.toString()));
                piece.setLength(0);
            }
            face = fits;
            piece.appendCodePoint(loaded(fits).has(character) && isWritable(character) ? character : BOX);
        }
        if (piece.length() > 0) {
            runs.add(new Run(loaded(face).font(), piece.toString()));
        }
        return runs;
    }

    private Face face(int character, boolean bold) {
        Face usual = bold ? Face.BOLD : Face.PLAIN;
        UnicodeScript script = UnicodeScript.of(character);
        if (isWritable(character)) {
            if (SIMPLE.contains(script) && loaded(usual).has(character)) {
                return usual;
            }
            if (EAST_ASIAN.contains(script) && loaded(Face.EAST_ASIAN).has(character)) {
                return Face.EAST_ASIAN;
            }
        }
        missing.add(character);
        return usual;
    }

    private static boolean isWritable(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        return SIMPLE.contains(script) || EAST_ASIAN.contains(script);
    }

    /** Characters for which boxes stand. */
    SortedSet<Integer> missing() {
        return missing;
    }

    private Loaded loaded(Face face) {
        return loaded.computeIfAbsent(face, this::load);
    }

    private Loaded load(Face face) {
        try (InputStream file = PdfFonts.class.getResourceAsStream("/fonts/" + face.file)) {
            if (file == null) {
                throw new IllegalStateException("The font " + face.file + " is not there");
            }
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(file.readAllBytes()));
            return new Loaded(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
