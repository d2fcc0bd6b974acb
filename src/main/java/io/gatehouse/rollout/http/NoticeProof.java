package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.Notice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How a tool proves that a notice is its own. All compare in a time that does not depend on what was sent. */
public enum NoticeProof {
    /** {@code X-Hub-Signature-256} is {@code sha256=} and the HMAC of the body in hexadecimal, as GitHub signs. */
    HUB_SIGNATURE {
        @Override
        boolean holds(Notice notice, String secret) {
            String expected = "sha256=" + HexFormat.of().formatHex(hmac(secret, notice.body()));
            return same(expected, notice.header().apply("X-Hub-Signature-256"));
        }
    },
    /** {@code X-Gitlab-Token} is the secret itself. */
    GITLAB_TOKEN {
        @Override
        boolean holds(Notice notice, String secret) {
            return same(secret, notice.header().apply("X-Gitlab-Token"));
        }
    },
    /** {@code X-Gatehouse-Token} is the secret itself, for tools that send the headers their operator writes. */
    TOKEN {
        @Override
        boolean holds(Notice notice, String secret) {
            return same(secret, notice.header().apply("X-Gatehouse-Token"));
        }
    };

    abstract boolean holds(Notice notice, String secret);

    private static boolean same(String expected, @Nullable String given) {
        return given != null && MessageDigest.isEqual(bytes(expected), bytes(given));
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
