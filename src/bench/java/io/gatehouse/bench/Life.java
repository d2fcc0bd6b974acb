package io.gatehouse.bench;

import java.io.IOException;

/** The whole life of one change, from its request to its end. */
interface Life {

    /** Lives one life; {@code worker} is unique among those that live at the same time. */
    void live(Caller caller, int worker) throws IOException, InterruptedException;
}
