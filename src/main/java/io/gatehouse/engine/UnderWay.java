package io.gatehouse.engine;

import java.util.List;

/** A kind of thing that has a process as long as it is under way; each module says it of its own. */
public interface UnderWay {

    /**
     * The numbers of all that should have a process. Reads no more rows than there are, in the transaction of whoever
     * asks.
     */
    List<String> numbers();

    /**
     * Sees to it that one goes on whose process somebody has deleted. Looks again under the lock of its row, where nodes
     * that have found the same one meet, and under which a process ends along with what it is about.
     */
    void takeUp(String number);
}
