package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a client sent as Unicode text and refuses what no database and no other client could hold. */
final class StrictText {

    private StrictText() {}

    /** Refuses a path or query whose percent-encoding is broken, is not UTF-8 or hides a control character. */
    static void checkUrlPart(@Nullable String encoded) {
        if (encoded == null) {
            return;
        }
        String text = decode(percentDecode(encoded));
        if (text == null || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest(
                    "malformed-address",
                    "Malformed address",
                    "Percent-encode path and query as UTF-8, without control characters.");
        }
    }

    /** Refuses a body that is not UTF-8 or that escapes NUL or half of a surrogate pair. */
    static void checkJson(byte[] body) {
        String text = decode(body);
        if (text == null) {
            throw UnreadableBody.malformed("Encode the body as UTF-8.");
        }
        if (escapesForbidden(text)) {
            throw UnreadableBody.malformed(
                    "The body escapes NUL or half of a surrogate pair; leave such characters out.");
        }
    }

    private static @Nullable String decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte @Nullable [] percentDecode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            int value = encoded.charAt(i);
            if (value == '%') {
                value = hex(encoded, i + 1, 2);
                i += 2;
            }
            if (value < 0 || value > 0xFF) {
                return null;
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }

    private static boolean escapesForbidden(String json) {
        boolean high = false;
        for (int i = 0; i < json.length(); i++) {
            int unit = -1;
            if (json.charAt(i) == '\\') {
                i++;
                if (i < json.length() && json.charAt(i) == 'u') {
                    unit = hex(json, i + 1, 4);
                    i += 4;
                }
            }
            boolean low = unit >= 0xDC00 && unit <= 0xDFFF;
            if (unit == 0 || high != low) {
                return true;
            }
            high = unit >= 0xD800 && unit <= 0xDBFF;
        }
        return high;
    }

    /** The value of some hexadecimal digits, or -1 when they are none. */
    private static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
