package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTests {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void remembersWhatWasFound() {
        Once<Integer> once = new Once<>(looks::incrementAndGet);

        assertThat(once.get()).isEqualTo(1);
        assertThat(once.get()).isEqualTo(1);
    }

    @Test
    void remembersThatNothingCanBeHad() {
        Once<Integer> once = new Once<>(() -> {
            throw new ResourceUnavailableException("look " + looks.incrementAndGet());
        });

        assertThatThrownBy(once::get).hasMessage("look 1");
        assertThatThrownBy(once::get).hasMessage("look 1");
    }
}
