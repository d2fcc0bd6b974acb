package io.gatehouse.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the head of the trail is written down outside of the database, and by which key it is signed.
 *
 * @param every how often one of the nodes does so
 * @param file each node's own, to which lines are only ever added; best on a disk that the database's administrator cannot
 *     write to
 * @param key a private Ed25519 key, the base64 of its PKCS #8 form; nothing is written without any key
 * @param keyFile or the same in a PEM file; it counts where both are given
 * @param createKey whether a key file that is not there is made, for evaluation only
 * @param node how this node is called in what it writes; empty: the name of the machine
 * @param webhook the address each line is also sent to, if any
 */
@ConfigurationProperties("gatehouse.audit.checkpoint")
record CheckpointProperties(
        @DefaultValue("PT5M") Duration every,
        @DefaultValue("data/checkpoints.jsonl") String file,
        @DefaultValue("") String key,
        @DefaultValue("") String keyFile,
        @DefaultValue("false") boolean createKey,
        @DefaultValue("") String node,
        @DefaultValue("") String webhook) {}
