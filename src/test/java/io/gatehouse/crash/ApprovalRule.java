package io.gatehouse.crash;

import io.gatehouse.crash.History.Request;
import java.util.stream.Stream;

/** C7: no tool is told anything that another person than the requester has not approved before. */
final class ApprovalRule {

    private ApprovalRule() {}

    static Stream<Breach> breaches(History history) {
        return history.requests().stream()
                .map(Request::move)
                .map(History.Move::rollout)
                .distinct()
                .filter(rollout -> !isApproved(history, rollout))
                .map(rollout -> new Breach(
                        "C7", "A tool was told to work for " + rollout + ", which nobody else had approved."));
    }

    private static boolean isApproved(History history, String rollout) {
        long commanded = history.trail().stream()
                .filter(entry -> entry.is("rollout.Commanded", rollout))
                .mapToLong(History.Entry::n)
                .min()
                .orElse(0);
        String change = history.changes().getOrDefault(rollout, "");
        return history.approvals().stream()
                .anyMatch(approval -> approval.change().equals(change)
                        && approval.n() < commanded
                        && !approval.approver().equals(approval.requester()));
    }
}
