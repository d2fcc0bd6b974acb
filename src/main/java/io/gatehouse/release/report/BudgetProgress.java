package io.gatehouse.release.report;

/** What a release may cost, what it has cost, and whether that is well. */
public record BudgetProgress(Budget budget, Spent spent, Judgement<BudgetStatus> judgement) {}
