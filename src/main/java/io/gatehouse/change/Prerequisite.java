package io.gatehouse.change;

import java.util.Optional;

/** Something another module knows that must be done before a change may start, and that it waits for. */
public interface Prerequisite {

    /** The message that lets a change look again whether everything is done. */
    String MET = "change.PrerequisiteMet";

    /** What is missing, as a sentence. */
    Optional<String> missing(Change change);
}
