package io.gatehouse.access;

import java.util.List;
import java.util.Set;

/** The roles of Gatehouse. Each is a candidate group of tasks and an authority of the API by the same name. */
public final class Roles {

    public static final String REQUESTER = "requester";
    public static final String TECHNICAL_APPROVER = "technical-approver";
    public static final String CAB_MEMBER = "cab-member";
    public static final String CAB_CHAIR = "cab-chair";
    public static final String CHANGE_MANAGER = "change-manager";
    public static final String RELEASE_MANAGER = "release-manager";
    public static final String PRODUCT_OWNER = "product-owner";
    public static final String QA_LEAD = "qa-lead";
    public static final String OPS_LEAD = "ops-lead";
    public static final String SECURITY_OFFICER = "security-officer";
    public static final String PROCESS_OWNER = "process-owner";
    public static final String AUDITOR = "auditor";
    public static final String ADMIN = "admin";

    public static final List<String> ALL = List.of(
            REQUESTER,
            TECHNICAL_APPROVER,
            CAB_MEMBER,
            CAB_CHAIR,
            CHANGE_MANAGER,
            RELEASE_MANAGER,
            PRODUCT_OWNER,
            QA_LEAD,
            OPS_LEAD,
            SECURITY_OFFICER,
            PROCESS_OWNER,
            AUDITOR,
            ADMIN);

    /** The roles whose members decide about a change: in a review, on a seat, as its manager. */
    public static final Set<String> APPROVING = Set.of(
            TECHNICAL_APPROVER,
            CAB_MEMBER,
            CAB_CHAIR,
            CHANGE_MANAGER,
            RELEASE_MANAGER,
            PRODUCT_OWNER,
            QA_LEAD,
            OPS_LEAD,
            SECURITY_OFFICER);

    private Roles() {}
}
