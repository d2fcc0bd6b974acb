package io.gatehouse.crash;

import java.util.Locale;

/** What the deploy tool does with a command; a plan says it in the parameter {@code mode}. */
enum ToolMode {
    ANSWER,
    /** Answers after so long that a node can be stopped meanwhile, and before the node gives up. */
    SLOW,
    /** Does it and hangs up without a word. */
    CUT,
    FAIL,
    /** Fails at the first attempt only. */
    FAIL_ONCE,
    /** Takes it, and has to be asked for the result. */
    ACCEPT,
    /** Takes it and calls back, each delivery twice. */
    CALL_BACK;

    /** As it is written in a plan. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ToolMode of(String parameter) {
        return valueOf(parameter.toUpperCase(Locale.ROOT));
    }

    boolean failsAt(int attempt) {
        return this == FAIL || this == FAIL_ONCE && attempt == 1;
    }

    boolean answersLater() {
        return this == ACCEPT || this == CALL_BACK;
    }

    boolean callsBack() {
        return this == CALL_BACK;
    }
}
