package io.gatehouse.release.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetJudgeTests {

    private static Money euros(String amount) {
        return Money.of(new BigDecimal(amount), "EUR").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            done | hours  | money   | status        | reason
            0.5  | 40     | 500     | WITHIN_BUDGET | 40.00 hours of 100.00 hours are spent.
            0.5  | 50     | 500     | WITHIN_BUDGET | 500.00 EUR of 1,000.00 EUR are spent.
            0.5  | 60     | 500     | AT_RISK       | 60.00 hours of 100.00 hours are spent with 50 percent done; at this rate it will be 120.00 hours.
            0.5  | 10     | 500.01  | AT_RISK       | 500.01 EUR of 1,000.00 EUR are spent with 50 percent done; at this rate it will be 1,000.02 EUR.
            0.05 | 60     | 0       | WITHIN_BUDGET | 60.00 hours of 100.00 hours are spent.
            1    | 100    | 1000    | WITHIN_BUDGET | 100.00 hours of 100.00 hours are spent.
            0.9  | 100.25 | 0       | OVER          | 100.25 hours of 100.00 hours are spent, 0.25 hours too much.
            1    | 0      | 1000.01 | OVER          | 1,000.01 EUR of 1,000.00 EUR are spent, 0.01 EUR too much.
            """,
            useHeadersInDisplayName = true)
    void saysWhetherItIsEnough(double done, BigDecimal hours, String money, BudgetStatus status, String reason) {
        Budget budget = new Budget("2026-000001", 1, new BigDecimal("100"), euros("1000"));

        Judgement<BudgetStatus> judgement = new BudgetJudge(budget, new Spent(hours, euros(money)), done).judge();

        assertThat(judgement.status()).isEqualTo(status);
        assertThat(judgement.reasons()).contains(reason);
    }

    @Test
    void refusesMoneyThatNobodyCanPay() {
        assertThat(Money.of(new BigDecimal("1.5"), "JPY")).isEmpty();
        assertThat(Money.of(new BigDecimal("1.001"), "EUR")).isEmpty();
        assertThat(Money.of(BigDecimal.ONE, "XXX")).isEmpty();
        assertThat(Money.of(BigDecimal.ONE, "QQQ")).isEmpty();
        assertThat(Money.of(new BigDecimal("1.500"), "KWD").orElseThrow().units())
                .isEqualTo(1500);
        assertThat(Money.of(new BigDecimal("10.00"), "JPY").orElseThrow()).hasToString("10 JPY");
    }
}
