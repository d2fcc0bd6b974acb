package io.gatehouse.release.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTests {

    @ParameterizedTest
    @CsvSource({"P26W, 2026-09-28", "P6M, 2026-09-30", "P999D, 2028-12-23", "P2Y, 2028-03-30"})
    void isAPeriodOfOneUnit(String text, LocalDate next) {
        Cadence cadence = Cadence.of(text);

        assertThat(cadence).hasToString(text);
        assertThat(cadence.after(LocalDate.of(2026, 3, 30))).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "6M", "P0D", "P06M", "P1000W", "P1Y6M", "P-1D", "PT1H", "p6m", "P6M ", "P\u0666M"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> Cadence.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
