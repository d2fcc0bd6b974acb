package io.gatehouse.change.process;

import io.gatehouse.access.Roles;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.Tasks;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.annotation.Profile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The people of the sample organisation at work, each in one role and through the doors that everybody uses. */
@Component
@Profile("sample")
public class SampleWork {

    private static final Map<String, String> WHO_HAS_THE_SEAT = Map.of(
            Roles.TECHNICAL_APPROVER, "theo",
            Roles.CHANGE_MANAGER, "mona",
            Roles.RELEASE_MANAGER, "rolf",
            Roles.PRODUCT_OWNER, "petra",
            Roles.QA_LEAD, "quinn",
            Roles.OPS_LEAD, "oskar",
            Roles.CAB_MEMBER, "carla",
            Roles.CAB_CHAIR, "chris",
            Roles.SECURITY_OFFICER, "sasha");

    private final Changes changes;
    private final Approvals approvals;
    private final Tasks tasks;

    SampleWork(Changes changes, Approvals approvals, Tasks tasks) {
        this.changes = changes;
        this.approvals = approvals;
        this.tasks = tasks;
    }

    /** Does what a change waits for; false if that is nothing that people do. */
    public boolean takeStep(String number) {
        Change change = changes.find(number);
        switch (change.state()) {
            case ASSESS -> approve(change, ChangeModel.REVIEW_TECHNICALLY);
            case AUTHORIZE -> approve(change, ChangeModel.APPROVE_CHANGE);
            case IMPLEMENT -> answer(
                    number, ChangeModel.IMPLEMENT_CHANGE, Roles.OPS_LEAD, Map.of("result", "SUCCESSFUL"));
            case REVIEW -> answer(
                    number,
                    ChangeModel.REVIEW_CHANGE,
                    Roles.CHANGE_MANAGER,
                    Map.of("closeCode", "SUCCESSFUL", "lessons", "Went as planned."));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void approve(Change change, String stem) {
        String seat = approvals.of(change).stream()
                .filter(approval -> approval.decision() == Approval.Decision.PENDING)
                .map(Approval::seat)
                .findFirst()
                .orElseThrow();
        as(seat, () -> {
            tasks.submit(change.number(), stem, seat, Map.of("decision", "APPROVE", "reason", "Read it, agreed."));
            return seat;
        });
    }

    /** Hands in the form of a task that waits for somebody with a role. */
    public void answer(String number, String stem, String role, Map<String, Object> answers) {
        as(role, () -> {
            tasks.submit(number, stem, null, answers);
            return role;
        });
    }

    /** Has whoever fills a seat do something. */
    public static <T> T as(String seat, Supplier<T> step) {
        return as(WHO_HAS_THE_SEAT.getOrDefault(seat, "nobody"), seat, step);
    }

    static <T> T as(String person, String role, Supplier<T> step) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        person, null, List.of(new SimpleGrantedAuthority("ROLE_" + role))));
        try {
            return step.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
