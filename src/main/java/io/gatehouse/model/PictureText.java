package io.gatehouse.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A label broken into lines, by the widths of Helvetica, which are those of Arial: asking a font of this machine would draw the
 * same model differently elsewhere.
 */
record PictureText(List<String> lines, int size) {

    /** Widths of the characters from the blank to the tilde, in thousandths of the size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
                722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556,
                278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334,
                584
    };

    private static final int OTHER = 600;

    /** Breaks between words only: a word that is too long stays whole. */
    static PictureText wrapped(String text, double width, int size) {
        List<String> lines = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1) + " " + word;
            if (!last.isEmpty() && width(last, size) <= width) {
                lines.set(lines.size() - 1, last);
            } else if (!word.isEmpty()) {
                lines.add(word);
            }
        }
        return new PictureText(List.copyOf(lines), size);
    }

    static double width(String text, int size) {
        return text.chars()
                        .map(c -> c >= ' ' && c <= '~' ? WIDTHS[c - ' '] : OTHER)
                        .sum()
                * size
                / 1000.0;
    }

    double height() {
        return lines.size() * size * 1.2;
    }

    /** Where a line stands, below the top of all lines. */
    double baseline(int line) {
        return size + line * size * 1.2;
    }
}
