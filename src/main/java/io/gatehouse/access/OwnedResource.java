package io.gatehouse.access;

import java.util.Optional;

/** Says whose the things of one collection of the API are; each module says it of its own. */
public interface OwnedResource {

    /** Where the collection is: {@code /api/v1/changes}. */
    String address();

    /** Whose this one is; empty if there is none. Reads without locking and takes any text. */
    Optional<Ownership> find(String id);
}
