package io.gatehouse.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the trail reached at a moment.
 *
 * @param n the number of the last entry, and its hash
 * @param node which node says so
 * @param previous SHA-256 of the line before it in the same file; 64 zeros in the first
 * @param entries the first six bytes of the hash of each entry since that line, in base64: by them the first entry of a
 *     part that was written anew can be named
 */
record Checkpoint(long n, String hash, Instant at, String node, String previous, String entries) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Bytes kept of the hash of each entry. */
    static final int KEPT = 6;

    /** The line to be added to a file, without its end. */
    String signedBy(CheckpointKey key) {
        String text = String.join(
                "\n",
                "gatehouse-checkpoint-1",
                Long.toString(n),
                hash,
                at.toString(),
                node,
                key.id(),
                previous,
                entries);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("n", n);
        line.put("hash", hash);
        line.put("at", at.toString());
        line.put("node", node);
        line.put("key", key.id());
        line.put("previous", previous);
        line.put("entries", entries);
        line.put("signature", key.sign(text));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts can always be written as JSON", e);
        }
    }
}
