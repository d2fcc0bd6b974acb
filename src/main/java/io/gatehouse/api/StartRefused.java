package io.gatehouse.api;

/** Gatehouse does not start like this; the message is one line for the operator, who can put it right. */
public class StartRefused extends IllegalStateException {

    public StartRefused(String line) {
        super(line);
    }
}
