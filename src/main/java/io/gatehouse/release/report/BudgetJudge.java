package io.gatehouse.release.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Says whether a release is within its budget: by what is spent, and by what all of it would cost if the rest cost as
 * much as what is done.
 *
 * @param done which share of the work is done, from 0 to 1
 */
record BudgetJudge(Budget budget, Spent spent, double done) {

    /** Before a tenth is done, what is spent says nothing about the rest. */
    private static final double SOON = 0.1;

    Judgement<BudgetStatus> judge() {
        List<String> reasons = new ArrayList<>();
        String currency = budget.money().currency();
        BudgetStatus hours = judge(budget.hours(), spent.hours(), BudgetJudge::hours, reasons);
        BudgetStatus money = judge(
                budget.money().amount(),
                spent.money().amount(),
                amount -> new Money(amount.setScale(budget.money().amount().scale(), RoundingMode.HALF_UP), currency)
                        .toString(),
                reasons);
        return new Judgement<>(hours.compareTo(money) > 0 ? hours : money, reasons);
    }

    private BudgetStatus judge(
            BigDecimal planned, BigDecimal sum, Function<BigDecimal, String> shown, List<String> reasons) {
        String spentOf = shown.apply(sum) + " of " + shown.apply(planned) + " are spent";
        if (sum.compareTo(planned) > 0) {
            reasons.add(spentOf + ", " + shown.apply(sum.subtract(planned)) + " too much.");
            return BudgetStatus.OVER;
        }
        if (done >= SOON && done < 1) {
            BigDecimal all = sum.divide(BigDecimal.valueOf(done), 2, RoundingMode.HALF_UP);
            if (all.compareTo(planned) > 0) {
                reasons.add(spentOf
                        + " with %d percent done; at this rate it will be %s."
                                .formatted((int) (100 * done), shown.apply(all)));
                return BudgetStatus.AT_RISK;
            }
        }
        reasons.add(spentOf + ".");
        return BudgetStatus.WITHIN_BUDGET;
    }

    private static String hours(BigDecimal hours) {
        return String.format(Locale.ROOT, "%,.2f hours", hours);
    }
}
