package io.gatehouse.rollout.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set for every tool that takes an order over HTTP, works on it, and is asked how far it is. */
public interface ToolSettings {

    /** Its base address, without a query. */
    String url();

    /** What it knows us by, or {@code stored:<name>}; null only for a tool that lets everybody look. */
    @Nullable
    String token();

    /** A file with the certificates of its own authority in PEM; null for those the Java installation trusts. */
    default @Nullable String caCertificate() {
        return null;
    }

    /** What the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none. */
    default @Nullable String noticeSecret() {
        return null;
    }

    /** What a plan must give, and the pattern each value must match as a whole. */
    Map<String, String> parameters();

    /** The pause between two questions for a result. */
    Duration askEvery();

    /** How long an accepted command may take until a person is asked. */
    Duration giveUpAfter();

    HttpLimits limits();
}
