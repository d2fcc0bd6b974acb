package io.gatehouse.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file of checkpoints: how far the trail reached when it was written.
 *
 * @param place the number of the line in its file
 * @param head the last entry there was
 * @param previous SHA-256 of the line before it that is whole, 64 zeros for the first
 * @param entries the first six bytes of the hash of each entry since that line, in base64
 * @param digest SHA-256 of this line
 */
record CheckpointLine(
        int place,
        Head head,
        String at,
        String node,
        String key,
        String previous,
        String entries,
        String signature,
        String digest) {

    private static final Set<String> FIELDS =
            Set.of("n", "hash", "at", "node", "key", "previous", "entries", "signature");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty for what is no line but the rest of one that a crash has torn. */
    static Optional<CheckpointLine> parse(int place, String line) {
        try {
            JsonNode node = JSON.readTree(line);
            Set<String> fields = new TreeSet<>();
            node.fieldNames().forEachRemaining(fields::add);
            if (!fields.equals(FIELDS)) {
                return Optional.empty();
            }
            return Optional.of(new CheckpointLine(
                    place,
                    Head.parse(node.get("n").asText() + ":" + node.get("hash").asText()),
                    node.get("at").asText(),
                    node.get("node").asText(),
                    node.get("key").asText(),
                    node.get("previous").asText(),
                    node.get("entries").asText(),
                    node.get("signature").asText(),
                    Sha256.hex(line.getBytes(StandardCharsets.UTF_8))));
        } catch (JsonProcessingException | IllegalArgumentException torn) {
            return Optional.empty();
        }
    }

    boolean isSignedBy(@Nullable PublicKey publicKey) {
        String text = String.join(
                "\n",
                "gatehouse-checkpoint-1",
                Long.toString(head.number()),
                head.hash(),
                at,
                node,
                key,
                previous,
                entries);
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey);
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
