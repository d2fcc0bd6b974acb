package io.gatehouse.release.web;

import io.gatehouse.api.ProblemException;
import io.gatehouse.release.report.Money;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/** An amount of money as clients write it. */
record MoneyInput(
        @NotNull @DecimalMin("0") @Digits(integer = 12, fraction = 4) BigDecimal amount,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a code of ISO 4217, such as EUR") String currency) {

    Money toMoney() {
        return Money.of(amount, currency)
                .orElseThrow(() -> ProblemException.invalid(
                        "money", "must be of a currency of ISO 4217, with no more decimals than that has"));
    }
}
