package io.gatehouse.engine;

/**
 * Makes what somebody wrote fit for the text of a form, which the Tasklist takes for Markdown and HTML: it is to look as
 * it was written. Else a title could hold a link, a picture, or a line that looks as if Gatehouse had written it, such as
 * a lower risk. The fields of a form need none of this.
 */
public final class FormText {

    private static final String PUNCTUATION = "!\"#$%'()*+,-./:;=?@[\\]^_`{|}~";

    private FormText() {}

    /** The text with nothing in it that means something; in one line. */
    public static String literal(String written) {
        StringBuilder text = new StringBuilder(written.length() + 16);
        written.codePoints().forEach(character -> append(text, character));
        return text.toString();
    }

    private static void append(StringBuilder text, int character) {
        if (character == '<') {
            text.append("&lt;");
        } else if (character == '>') {
            text.append("&gt;");
        } else if (character == '&') {
            text.append("&amp;");
        } else if (PUNCTUATION.indexOf(character) >= 0) {
            text.append('\\').appendCodePoint(character);
        } else if (turnsTextAround(character)) {
            text.append('\uFFFD');
        } else {
            text.appendCodePoint(Character.isISOControl(character) || isLineEnd(character) ? ' ' : character);
        }
    }

    private static boolean isLineEnd(int character) {
        return character == 0x2028 || character == 0x2029;
    }

    /** The marks of Unicode's bidirectional algorithm, with which {@code txt.exe} is made to read {@code exe.txt}. */
    private static boolean turnsTextAround(int character) {
        return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
    }
}
