package io.gatehouse.release.communication;

import io.gatehouse.audit.Fingerprint;

/**
 * How somebody is told of something about a release; see {@link Placeholders}.
 *
 * @param version counts every write
 * @param subject in one line
 */
public record CommunicationTemplate(String key, long version, String subject, String text) {

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(key, version, subject, text);
    }
}
