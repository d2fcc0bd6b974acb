package io.gatehouse;

/** Gatehouse does not start like this; the message is one line for the operator, who can put it right. */
class StartUpRefused extends RuntimeException {

    StartUpRefused(String line) {
        super(line);
    }
}
