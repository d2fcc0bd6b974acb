package io.gatehouse.change;

import java.util.Optional;
import java.util.Set;

/** Something another module knows that forbids to touch services in an environment at this very moment. */
public interface Embargo {

    /**
     * Why not, as a sentence.
     *
     * @param change the number of the change that would touch them
     */
    Optional<String> on(String change, String environment, Set<String> services);
}
