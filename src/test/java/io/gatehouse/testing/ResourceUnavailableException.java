package io.gatehouse.testing;

/** Something a test needs cannot be had on this machine; the message is one sentence for the person who runs it. */
public final class ResourceUnavailableException extends RuntimeException {

    ResourceUnavailableException(String sentence) {
        super(sentence);
    }
}
