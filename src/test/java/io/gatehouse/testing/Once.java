package io.gatehouse.testing;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A resource looked for once per JVM: what was found, or that it cannot be had, is remembered. */
final class Once<T> {

    private final Supplier<T> source;
    private @Nullable T found;
    private @Nullable ResourceUnavailableException missing;

    Once(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        if (missing != null) {
            throw missing;
        }
        if (found == null) {
            found = look();
        }
        return found;
    }

    /** Hands over what was found; does nothing if nobody asked for it or it cannot be had. */
    synchronized void ifFound(Consumer<T> action) {
        if (found != null) {
            action.accept(found);
        }
    }

    private T look() {
        try {
            return source.get();
        } catch (ResourceUnavailableException e) {
            missing = e;
            throw e;
        }
    }
}
