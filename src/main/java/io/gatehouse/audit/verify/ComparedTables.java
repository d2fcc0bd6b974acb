package io.gatehouse.audit.verify;

import io.gatehouse.audit.verify.RecordKind.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every table there is: what is compared of it with the trail, or why nothing is. */
final class ComparedTables {

    private static final String OWNER = "whose it is";

    static final ComparedTable CHANGE = ComparedTable.of(
                    "change_request",
                    "id",
                    "version",
                    "type",
                    "state",
                    "title",
                    "description",
                    "environment_key",
                    "template_key",
                    "requester",
                    "window_starts_at",
                    "window_ends_at",
                    "implementation_plan",
                    "test_plan",
                    "backout_plan",
                    "communication_plan",
                    "data_migration",
                    "downtime",
                    "backout_tested",
                    "approval_round",
                    "risk",
                    "risk_reasons",
                    "returned_because",
                    "on_hold_because",
                    "implementer",
                    "reviewer",
                    "close_code",
                    "rolled_back",
                    "created_at",
                    "closed_at",
                    "scope_sha256")
            .later("if_not_done")
            .without("duties_shared", "compared with change.DutyNoted")
            .without("related", "must be true of both changes of each relation")
            .without("has_tasks", "compared with the tasks of the change");

    static final ComparedTable CHANGE_SERVICE = ComparedTable.of(
                    "change_service", "service_key", "new_version", "new_digest")
            .without("change_id", OWNER);

    static final ComparedTable CHANGE_LINK = ComparedTable.of("change_link", "title", "url")
            .without("change_id", OWNER)
            .without("position", "the order of the links");

    static final ComparedTable CHANGE_APPROVAL = ComparedTable.of(
                    "change_approval",
                    "change_id",
                    "round",
                    "seat",
                    "decision",
                    "person",
                    "reason",
                    "decided_at",
                    "scope_sha256")
            .without("id", "counts rows");

    static final ComparedTable CHANGE_DUTY =
            ComparedTable.of("change_duty", "duty", "person").without("change_id", OWNER);

    static final ComparedTable CHANGE_TEAM =
            ComparedTable.of("change_team", "team").without("change_id", OWNER);

    static final ComparedTable TEMPLATE = ComparedTable.of(
            "change_template",
            "template_key",
            "version",
            "title",
            "active",
            "service_key",
            "environment_key",
            "implementation_plan",
            "test_plan",
            "backout_plan",
            "communication_plan");

    static final ComparedTable PLAN = ComparedTable.of("rollout_plan", "process", "document")
            .without("planned_for", OWNER)
            .without("version", "guards against lost updates")
            .without("rehearses", "stands in the document; only to find it by")
            .without("updated_at", "when the document was written; the entry has its own moment");

    static final ComparedTable ROLLOUT = ComparedTable.of(
                    "rollout",
                    "id",
                    "change_number",
                    "process",
                    "environment",
                    "state",
                    "rollback_by",
                    "rollback_because",
                    "aborted_by",
                    "aborted_because",
                    "kept_by",
                    "kept_because",
                    "paused_at",
                    "paused_by",
                    "paused_because",
                    "opened_at",
                    "ended_at")
            .without(
                    "rolling_back_at",
                    "how long a rollback took decides nothing; what a stage keeps of it is compared there")
            .without("steps", "compared with how many steps have begun");

    static final ComparedTable ROLLOUT_TARGET =
            ComparedTable.of("rollout_target", "environment", "service").without("rollout_id", OWNER);

    static final ComparedTable ROLLOUT_STEP = ComparedTable.of(
                    "rollout_step",
                    "rollout_id",
                    "seq",
                    "stage",
                    "name",
                    "activity",
                    "undo_activity",
                    "connector",
                    "target",
                    "parameters",
                    "undo_connector",
                    "undo_parameters",
                    "cannot_be_undone",
                    "only_checks",
                    "runbook",
                    "expected_duration",
                    "manual",
                    "undo_manual",
                    "started_at")
            .without("state", "compared with how far the step came")
            .without("detail", "compared with how far the step came")
            .without("ended_at", "compared with how far the step came")
            .without("undo_settled", "compared with rollout.UndoSettled");

    /** The rest of a step's row, which changes. */
    static final ComparedTable PROGRESS = ComparedTable.of("rollout_step", "state", "detail", "ended_at");

    static final ComparedTable ROLLOUT_COMMAND = ComparedTable.of(
                    "rollout_command", "rollout_id", "seq", "kind", "attempt", "idempotency_key", "connector")
            .without("id", "counts rows")
            .without("state", "compared with rollout.CommandEnded")
            .without("due_at", "when a node looks at it again")
            .without("open_due_at", "the same, as the database derives it")
            .without("lease_owner", "which node has it")
            .without("fence", "counts leases")
            .without("tries", "counts leases")
            .without("maybe_sent", "noted by the lease, before anything is decided")
            .without("reference", "what the tool calls it; only asks for a result")
            .without("link", "where people see it in the tool; decides nothing")
            .without("give_up_at", "when a person is asked instead")
            .without("waits_since", "since when its tool gives no clear answer, noted at each try in vain")
            .without("waits_tries", "counts tries in vain")
            .without("waits_because", "what was in the way the last time; the end is compared with the step")
            .without("waits_until", "when a node looks at it again");

    static final ComparedTable ROLLOUT_REPORT = ComparedTable.of(
                    "rollout_report", "result", "ticked", "note", "reported_by", "reported_at")
            .without("command_id", OWNER);

    private static final ComparedTable DEPLOYMENT = ComparedTable.of(
                    "deployment",
                    "id",
                    "service_key",
                    "environment_key",
                    "deployed_version",
                    "digest",
                    "change_number",
                    "deployed_at")
            .without("live", "must be true for the newest of a service and environment, and for no other");

    private static final ComparedTable PERSON = ComparedTable.of(
                    "ACT_ID_USER", "ID_", "FIRST_", "LAST_", "EMAIL_", "PWD_", "SALT_")
            .without("REV_", "counts writes of the engine")
            .without("LOCK_EXP_TIME_", "the pause after wrong passwords, which are entries of their own")
            .without("ATTEMPTS_", "wrong passwords, which are entries of their own")
            .without("PICTURE_ID_", "never used");

    /** What the trail describes whole. */
    static final List<RecordKind> RECORDS = List.of(
            RecordKind.keyed(
                    "service-",
                    ComparedTable.of("service", "service_key", "name", "tier", "owner_group", "version"),
                    "service_key",
                    new Part(
                            ComparedTable.of("service_compliance_scope", "scope")
                                    .without("service_key", OWNER),
                            "service_key"),
                    new Part(
                            ComparedTable.of("service_dependency", "depends_on").without("service_key", OWNER),
                            "service_key")),
            RecordKind.keyed(
                    "environment-",
                    ComparedTable.of(
                            "environment", "environment_key", "name", "kind", "stage_order", "production", "version"),
                    "environment_key"),
            RecordKind.numbered("deployment-", DEPLOYMENT)
                    .never(
                            """
                            coalesce(r.live, false) = case when exists (select 1 from deployment newer
                              where newer.service_key = r.service_key
                                and newer.environment_key = r.environment_key and newer.id > r.id) then true else false end"""),
            RecordKind.numbered(
                    "decision-",
                    ComparedTable.of(
                            "policy_decision",
                            "id",
                            "change_id",
                            "table_key",
                            "table_version",
                            "inputs",
                            "outputs",
                            "rule_ids",
                            "decided_at",
                            "round",
                            "table_sha256",
                            "asked_by")),
            RecordKind.numbered(
                    "evidence-",
                    ComparedTable.of(
                            "change_evidence",
                            "id",
                            "change_id",
                            "kind",
                            "url",
                            "digest",
                            "result",
                            "brings_sha256",
                            "provided_by",
                            "provided_at")),
            RecordKind.numbered(
                            "relation-",
                            ComparedTable.of(
                                    "change_relation",
                                    "id",
                                    "kind",
                                    "from_id",
                                    "to_id",
                                    "in_force",
                                    "added_by",
                                    "added_at",
                                    "added_because",
                                    "removed_by",
                                    "removed_at",
                                    "removed_because"))
                    .never(
                            """
                            exists (select 1 from change_request c
                              where c.id in (r.from_id, r.to_id) and c.related = false)"""),
            RecordKind.ofPeople(
                    "person-",
                    PERSON,
                    "ID_",
                    new Part(ComparedTable.of("ACT_ID_MEMBERSHIP", "GROUP_ID_").without("USER_ID_", OWNER), "USER_ID_"),
                    new Part(
                            ComparedTable.of("access_person", "version", "disabled", "sign_in_era")
                                    .later("erased")
                                    .without("person", OWNER),
                            "person")),
            RecordKind.ofPeople("account-", ComparedTable.of("access_account", "name", "subject", "bound_at"), "name"),
            RecordKind.hashed(
                    "link-",
                    ComparedTable.of(
                            "people_link",
                            "link_hash",
                            "purpose",
                            "person",
                            "created_by",
                            "created_at",
                            "expires_at",
                            "used_at",
                            "refused_at"),
                    "link_hash"),
            RecordKind.keyed(
                    "tool-",
                    ComparedTable.of(
                            "tool",
                            "tool_key",
                            "version",
                            "description",
                            "responsible",
                            "enabled",
                            "created_by",
                            "created_at"),
                    "tool_key",
                    new Part(ComparedTable.of("tool_grant", "kind", "granted").without("tool_key", OWNER), "tool_key")),
            RecordKind.keyed(
                    "token-",
                    ComparedTable.of(
                                    "tool_token",
                                    "token_id",
                                    "tool_key",
                                    "token_hash",
                                    "created_by",
                                    "created_at",
                                    "expires_at",
                                    "revoked_at")
                            .without("last_used_at", "noted once a minute for people to look at"),
                    "token_id"),
            RecordKind.keyed(
                    "secret-",
                    ComparedTable.of(
                            "secret",
                            "secret_name",
                            "version",
                            "key_id",
                            "nonce",
                            "ciphertext",
                            "previous_key_id",
                            "previous_nonce",
                            "previous_ciphertext",
                            "changed_by",
                            "changed_at"),
                    "secret_name"),
            RecordKind.numbered(
                    "freeze-",
                    ComparedTable.of(
                            "freeze_period",
                            "id",
                            "version",
                            "name",
                            "reason",
                            "starts_at",
                            "ends_at",
                            "service_key",
                            "environment_key")),
            RecordKind.numbered(
                    "exemption-",
                    ComparedTable.of(
                                    "freeze_exemption",
                                    "id",
                                    "freeze_id",
                                    "change_number",
                                    "because",
                                    "granted_at",
                                    "until_at")
                            .later("ended_by", "ended_at", "ended_because")),
            RecordKind.numbered(
                    "emergency-",
                    ComparedTable.of(
                            "change_emergency",
                            "id",
                            "change_id",
                            "round",
                            "approvals_needed",
                            "time_box",
                            "more_seats",
                            "approve_within",
                            "time_box_ends_at",
                            "stopped_at",
                            "approve_by",
                            "unauthorised_because",
                            "unauthorised_at",
                            "reported_to",
                            "reported_at")),
            RecordKind.numbered(
                            "incident-",
                            ComparedTable.of(
                                            "change_incident",
                                            "id",
                                            "change_id",
                                            "reference",
                                            "url",
                                            "severity",
                                            "opened_at",
                                            "linked_by",
                                            "linked_at")
                                    .later("removed_by", "removed_at", "removed_because")
                                    .without("in_force", "must be true as long as nobody took the link back"))
                    .never(
                            """
                            coalesce(r.in_force, false) = case when r.removed_by is null then false else true end"""),
            RecordKind.keyed(
                    "quarantine-",
                    ComparedTable.of(
                            "rollout_quarantine",
                            "quarantine_name",
                            "begun_at",
                            "released_at",
                            "released_by",
                            "released_because"),
                    "quarantine_name"),
            RecordKind.numbered(
                    "model-",
                    ComparedTable.of(
                            "model_proposal",
                            "id",
                            "file",
                            "content",
                            "sha256",
                            "why",
                            "state",
                            "proposed_by",
                            "proposed_at",
                            "decided_by",
                            "decided_at",
                            "reason",
                            "model_version")),
            RecordKind.keyed(
                    "board-",
                    ComparedTable.of(
                            "board",
                            "board_key",
                            "version",
                            "name",
                            "active",
                            "minimum_votes",
                            "recurrence",
                            "first_meeting",
                            "time_zone",
                            "duration_minutes",
                            "lead_hours",
                            "minutes_per_item",
                            "voting_hours"),
                    "board_key",
                    new Part(
                            ComparedTable.of("board_member", "seat", "person", "chair", "veto", "required")
                                    .without("board_key", OWNER),
                            "board_key"),
                    new Part(
                            ComparedTable.of("board_delegate", "seat", "seat_rank", "person", "from_at", "until_at")
                                    .without("board_key", OWNER),
                            "board_key"),
                    new Part(
                            ComparedTable.of("board_absence", "person", "from_at", "until_at")
                                    .without("board_key", OWNER),
                            "board_key"),
                    new Part(
                            ComparedTable.of("board_filter", "kind", "wanted").without("board_key", OWNER),
                            "board_key")),
            RecordKind.numbered(
                    "ballot-",
                    ComparedTable.of(
                            "cab_ballot",
                            "id",
                            "change_number",
                            "round",
                            "ballot",
                            "board_key",
                            "minimum_votes",
                            "scope_sha256",
                            "opened_at",
                            "closes_at",
                            "outcome",
                            "reason",
                            "decided_at",
                            "votes_sha256",
                            "settled_by",
                            "settled_because",
                            "settled_at"),
                    new Part(
                            ComparedTable.of("cab_ballot_seat", "seat", "veto", "required")
                                    .without("ballot_id", OWNER),
                            "ballot_id"),
                    new Part(
                            ComparedTable.of("cab_vote", "seat", "person", "vote", "reason", "cast_at", "scope_sha256")
                                    .without("ballot_id", OWNER),
                            "ballot_id"),
                    new Part(
                            ComparedTable.of(
                                            "cab_condition",
                                            "position",
                                            "seat",
                                            "demanded",
                                            "met_by",
                                            "met_at",
                                            "met_note")
                                    .without("ballot_id", OWNER),
                            "ballot_id")),
            RecordKind.called(
                    "TPL-",
                    ComparedTable.of(
                            "template_version",
                            "id",
                            "template_key",
                            "ordinal",
                            "state",
                            "title",
                            "service_key",
                            "environment_key",
                            "implementation_plan",
                            "test_plan",
                            "backout_plan",
                            "communication_plan",
                            "open_fields",
                            "failures",
                            "uses",
                            "plan_sha256",
                            "counts_since",
                            "submitted_by",
                            "submitted_at",
                            "decided_by",
                            "decided_at",
                            "decision_reason",
                            "ended_because",
                            "version"),
                    new Part(ComparedTable.of("template_author", "person").without("version_id", OWNER), "version_id")),
            RecordKind.called(
                            "TASK-",
                            ComparedTable.of(
                                    "change_task",
                                    "id",
                                    "change_id",
                                    "version",
                                    "state",
                                    "phase",
                                    "title",
                                    "instructions",
                                    "owner",
                                    "owner_group",
                                    "planned_start",
                                    "planned_end",
                                    "started_at",
                                    "ended_at",
                                    "ended_by",
                                    "note",
                                    "condition_round",
                                    "condition_position",
                                    "created_by",
                                    "created_at"))
                    .never(
                            """
                            exists (select 1 from change_request c
                              where c.id = r.change_id and c.has_tasks = false)"""),
            RecordKind.numbered("use-", ComparedTable.of("template_use", "id", "version_id")),
            RecordKind.called(
                    "MTG-",
                    ComparedTable.of(
                                    "cab_meeting",
                                    "id",
                                    "board_key",
                                    "starts_at",
                                    "ends_at",
                                    "state",
                                    "announced_at",
                                    "opened_by",
                                    "opened_at",
                                    "closed_by",
                                    "closed_at",
                                    "remarks",
                                    "canceled_by",
                                    "canceled_because",
                                    "minutes",
                                    "minutes_sha256",
                                    "version")
                            .without(
                                    "agenda_as_of",
                                    "from which entry on its agenda is as it is; with the next one it is built anew"),
                    new Part(
                            ComparedTable.of(
                                            "cab_item",
                                            "change_number",
                                            "kind",
                                            "origin",
                                            "place",
                                            "minutes",
                                            "state",
                                            "added_by",
                                            "because",
                                            "change_starts_at",
                                            "change_risk",
                                            "outcome")
                                    .without("meeting_id", OWNER),
                            "meeting_id"),
                    new Part(
                            ComparedTable.of("cab_attendance", "person", "seat", "noted_by", "noted_at")
                                    .without("meeting_id", OWNER),
                            "meeting_id")),
            RecordKind.keyed(
                    "REL-",
                    ComparedTable.of(
                                    "software_release",
                                    "id",
                                    "number",
                                    "version",
                                    "state",
                                    "name",
                                    "description",
                                    "manager",
                                    "ready_on",
                                    "environment_key",
                                    "window_starts_at",
                                    "window_ends_at",
                                    "implementation_plan",
                                    "test_plan",
                                    "backout_plan",
                                    "communication_plan",
                                    "data_migration",
                                    "downtime",
                                    "backout_tested",
                                    "if_not_done",
                                    "confirmed_by",
                                    "confirmed_at",
                                    "change_number",
                                    "returned_because",
                                    "retired_because",
                                    "planned_by",
                                    "planned_at",
                                    "ended_at")
                            .later("train_key", "template", "stages")
                            .named(
                                    "series",
                                    "change_template",
                                    "carrier_type",
                                    "carrier_because",
                                    "waits_for",
                                    "rollout_plan"),
                    "number",
                    new Part(
                            ComparedTable.of("software_release_item", "service_key", "new_version", "new_digest")
                                    .without("release_number", OWNER),
                            "release_number"),
                    new Part(
                            ComparedTable.of("software_release_author", "person")
                                    .without("release_number", OWNER),
                            "release_number"),
                    new Part(
                            ComparedTable.of("software_release_seat", "seat", "veto")
                                    .without("release_number", OWNER),
                            "release_number")),
            RecordKind.called(
                    "SCOPE-",
                    ComparedTable.of(
                            "release_scope_change",
                            "id",
                            "release_number",
                            "items",
                            "reason",
                            "requested_by",
                            "requested_at",
                            "state",
                            "ended_because",
                            "ended_at",
                            "open_release"),
                    new Part(
                            ComparedTable.of(
                                            "release_scope_decision",
                                            "seat",
                                            "person",
                                            "approved",
                                            "reason",
                                            "decided_at")
                                    .without("scope_change_id", OWNER),
                            "scope_change_id")),
            RecordKind.keyed(
                    "release-template-",
                    ComparedTable.of(
                                    "release_template",
                                    "template",
                                    "template_key",
                                    "version",
                                    "name",
                                    "description",
                                    "stages",
                                    "seats",
                                    "written_by",
                                    "written_at",
                                    "retired_because")
                            .later("criteria")
                            .named("rollout_plan"),
                    "template"),
            RecordKind.numbered(
                    "stage-run-",
                    ComparedTable.of(
                                    "release_stage_run",
                                    "id",
                                    "release_number",
                                    "stage",
                                    "tested_sha256",
                                    "opened_at",
                                    "waits_for",
                                    "entered_at",
                                    "held_environment",
                                    "change_number",
                                    "deployed_at",
                                    "outcome",
                                    "reason",
                                    "signed_off_by",
                                    "ended_at")
                            .named(
                                    "signed_off_in_place_of",
                                    "carrier_type",
                                    "carrier_because",
                                    "rehearsal_change",
                                    "rehearsal_rollout",
                                    "rehearsal_ended_at",
                                    "rehearsal_steps",
                                    "rehearsal_micros",
                                    "rollout_plan",
                                    "rollout_plan_sha256"),
                    new Part(
                            ComparedTable.of(
                                            "release_test",
                                            "id",
                                            "name",
                                            "asked_group",
                                            "required_percent",
                                            "asked_at",
                                            "passed",
                                            "failed",
                                            "skipped",
                                            "link",
                                            "report_sha256",
                                            "note",
                                            "recorded_by",
                                            "recorded_at")
                                    .without("run_id", OWNER),
                            "run_id")),
            RecordKind.numbered(
                    "stage-sign-off-",
                    ComparedTable.of(
                            "release_stage_sign_off",
                            "id",
                            "run_id",
                            "sign_off_round",
                            "seat",
                            "person",
                            "in_place_of",
                            "said",
                            "note",
                            "signed_at")),
            RecordKind.numbered(
                    "go-no-go-",
                    ComparedTable.of(
                            "go_no_go",
                            "id",
                            "release_number",
                            "decision_round",
                            "opened_at",
                            "closes_at",
                            "readiness",
                            "readiness_sha256",
                            "outcome",
                            "reason",
                            "decided_at",
                            "minutes",
                            "minutes_sha256"),
                    new Part(
                            ComparedTable.of("go_no_go_seat", "seat", "veto").without("go_no_go_id", OWNER),
                            "go_no_go_id"),
                    new Part(
                            ComparedTable.of("go_no_go_vote", "seat", "person", "vote", "reason", "cast_at")
                                    .named("in_place_of")
                                    .without("go_no_go_id", OWNER),
                            "go_no_go_id"),
                    new Part(
                            ComparedTable.of(
                                            "go_condition",
                                            "id",
                                            "position",
                                            "seat",
                                            "demanded",
                                            "owner",
                                            "owner_group",
                                            "due_at",
                                            "state",
                                            "ended_by",
                                            "ended_at",
                                            "note")
                                    .without("go_no_go_id", OWNER),
                            "go_no_go_id")),
            RecordKind.called(
                    "RISK-",
                    ComparedTable.of(
                                    "release_risk",
                                    "id",
                                    "release_number",
                                    "version",
                                    "kind",
                                    "title",
                                    "description",
                                    "owner",
                                    "response",
                                    "response_text",
                                    "due_on",
                                    "blocker_since",
                                    "raised_by",
                                    "raised_at",
                                    "closed_by",
                                    "closed_at",
                                    "closing_note")
                            .named("known_issue"),
                    new Part(
                            ComparedTable.of(
                                            "release_risk_assessment",
                                            "position",
                                            "likelihood",
                                            "consequence",
                                            "assessed_by",
                                            "assessed_at",
                                            "note")
                                    .without("risk_id", OWNER),
                            "risk_id")),
            RecordKind.called(
                    "CRIT-",
                    ComparedTable.of(
                            "release_criterion",
                            "id",
                            "release_number",
                            "title",
                            "details",
                            "owner",
                            "owner_group",
                            "due_at",
                            "state",
                            "added_by",
                            "added_at"),
                    new Part(
                            ComparedTable.of(
                                            "release_criterion_answer", "position", "kind", "person", "said_at", "note")
                                    .without("criterion_id", OWNER),
                            "criterion_id")),
            RecordKind.numbered(
                    "readiness-",
                    ComparedTable.of("release_readiness", "id", "release_number", "noted_at", "score"),
                    new Part(
                            ComparedTable.of(
                                            "release_readiness_missing",
                                            "position",
                                            "criterion",
                                            "about",
                                            "owner",
                                            "missing_since")
                                    .without("readiness_id", OWNER),
                            "readiness_id")),
            RecordKind.numbered(
                    "document-",
                    ComparedTable.of(
                            "release_document",
                            "id",
                            "release_number",
                            "kind",
                            "version",
                            "text",
                            "sha256",
                            "drafted",
                            "written_by",
                            "written_at",
                            "published_by",
                            "published_at")),
            RecordKind.keyed(
                    "tickets-",
                    ComparedTable.of("release_ticket_list", "release_number", "version", "written_by", "written_at"),
                    "release_number",
                    new Part(
                            ComparedTable.of(
                                            "release_item_ticket",
                                            "position",
                                            "service_key",
                                            "kind",
                                            "ticket_key",
                                            "title",
                                            "url")
                                    .without("release_number", OWNER),
                            "release_number")),
            RecordKind.keyed(
                    "letter-",
                    ComparedTable.of("communication_template", "template_key", "version", "subject", "text"),
                    "template_key"),
            RecordKind.keyed(
                    "communication-",
                    ComparedTable.of(
                            "release_communication_plan", "release_number", "version", "written_by", "written_at"),
                    "release_number",
                    new Part(
                            ComparedTable.of(
                                            "release_communication_entry",
                                            "position",
                                            "moment",
                                            "stage",
                                            "template_key")
                                    .without("release_number", OWNER),
                            "release_number"),
                    new Part(
                            ComparedTable.of("release_communication_audience", "position", "kind", "name")
                                    .without("release_number", OWNER),
                            "release_number")),
            RecordKind.numbered(
                    "announcement-",
                    ComparedTable.of(
                            "release_announcement",
                            "id",
                            "release_number",
                            "moment",
                            "stage",
                            "template_key",
                            "template_version",
                            "subject",
                            "text",
                            "sha256",
                            "mailed",
                            "made_at")),
            RecordKind.numbered(
                    "dependency-",
                    ComparedTable.of(
                            "release_dependency",
                            "id",
                            "release_number",
                            "stage",
                            "needed_number",
                            "needed_stage",
                            "in_force",
                            "added_by",
                            "added_at",
                            "added_because",
                            "removed_by",
                            "removed_at",
                            "removed_because")),
            RecordKind.numbered(
                    "postponement-",
                    ComparedTable.of(
                            "release_postponement",
                            "id",
                            "release_number",
                            "old_starts_at",
                            "old_ends_at",
                            "old_ready_on",
                            "new_starts_at",
                            "new_ends_at",
                            "new_ready_on",
                            "reason",
                            "postponed_by",
                            "postponed_at")),
            RecordKind.numbered(
                    "split-",
                    ComparedTable.of("release_split", "id", "from_number", "into_number", "split_by", "split_at")),
            RecordKind.keyed(
                    "budget-",
                    ComparedTable.of(
                            "release_budget",
                            "release_number",
                            "version",
                            "planned_hours",
                            "planned_money",
                            "currency"),
                    "release_number"),
            RecordKind.numbered(
                    "booking-",
                    ComparedTable.of(
                            "release_booking",
                            "id",
                            "release_number",
                            "spent_on",
                            "hours",
                            "money",
                            "what",
                            "booked_by",
                            "booked_at",
                            "reverses")),
            RecordKind.numbered(
                    "delegation-",
                    ComparedTable.of(
                            "release_delegation",
                            "id",
                            "seat",
                            "person",
                            "delegate",
                            "from_at",
                            "until_at",
                            "given_by",
                            "given_at",
                            "withdrawn_by",
                            "withdrawn_at")),
            RecordKind.keyed(
                    "train-",
                    ComparedTable.of(
                                    "release_train",
                                    "train_key",
                                    "version",
                                    "name",
                                    "cadence_weeks",
                                    "starts_on",
                                    "releases_on")
                            .named("cadence", "series"),
                    "train_key",
                    new Part(
                            ComparedTable.of(
                                            "release_train_milestone",
                                            "starts_on",
                                            "name",
                                            "ends_on",
                                            "kind",
                                            "service_key",
                                            "about")
                                    .without("train_key", OWNER),
                            "train_key")),
            RecordKind.called(
                    "BRG-",
                    ComparedTable.of(
                            "break_glass",
                            "id",
                            "state",
                            "target",
                            "reason",
                            "incident",
                            "expires_at",
                            "asked_by",
                            "asked_at",
                            "decided_by",
                            "decided_at",
                            "decision_reason",
                            "ended_because",
                            "ended_at",
                            "outcome",
                            "to_mend",
                            "reviewed_by",
                            "reviewed_at",
                            "version"),
                    new Part(
                            ComparedTable.of(
                                            "break_glass_action",
                                            "kind",
                                            "place",
                                            "destination",
                                            "variable_name",
                                            "variable_value",
                                            "used_at")
                                    .without("break_glass_id", OWNER),
                            "break_glass_id")));

    /** Tables of which nothing is compared, and why; those of the engine are only named where they are compared. */
    static final Map<String, String> NOT_COMPARED = Map.ofEntries(
            Map.entry("audit_entry", "is the trail; its chain is verified"),
            Map.entry("audit_head", "is the trail; its chain is verified"),
            Map.entry("audit_reconciliation", "where the next comparison begins"),
            Map.entry("audit_position", "where the next comparison begins"),
            Map.entry(
                    "audit_checkpoint",
                    "whose turn it is to write a checkpoint; what counts is outside of the database"),
            Map.entry("audit_person", "whom the trail means; who is somebody else there is not as their own rows say"),
            Map.entry("audit_difference", "what comparisons found; what is deleted there is found again"),
            Map.entry("gatehouse_schema_history", "which migrations have run"),
            Map.entry("people_register", "one row without content, there to be locked"),
            Map.entry("change_relation_register", "one row without content, there to be locked"),
            Map.entry("release_dependency_register", "one row without content, there to be locked"),
            Map.entry("engine_set_up", "one row without content, there to be locked"),
            Map.entry("task_attention", "who was reminded of what, which decides nothing"),
            Map.entry("idempotent_request", "answers to repeated requests, forgotten after a day"),
            Map.entry(
                    "change_policy", "which versions of tables are asked; the answers are in the change and its seats"),
            Map.entry("rollout_stop", "who wants a tool to stop, which is an entry; what came of it is in the steps"),
            Map.entry(
                    "rollout_reason",
                    "why people paused, resumed, aborted, kept or stopped; can be erased, and the entry has its digest"),
            Map.entry("rollout_log", "what tools printed, which decides nothing and is forgotten after a year"),
            Map.entry("release_stage_entrance", "a row that whoever enters a stage locks; it says nothing"),
            Map.entry(
                    "software_release_number", "the last number of a year; that none is given twice is a key's to see"),
            Map.entry("cab_sweep", "whose turn it is to look after all meetings"),
            Map.entry(
                    "mail_outbox",
                    "what is mailed to whom, which decides nothing; what was told is in the meeting or release"),
            Map.entry("callback_inbox", "deliveries of tools; what they led to is in the steps"));

    private ComparedTables() {}

    /** Every table that is compared. */
    static List<ComparedTable> all() {
        List<ComparedTable> all = new ArrayList<>(List.of(
                CHANGE,
                CHANGE_SERVICE,
                CHANGE_LINK,
                CHANGE_APPROVAL,
                CHANGE_DUTY,
                CHANGE_TEAM,
                TEMPLATE,
                PLAN,
                ROLLOUT,
                ROLLOUT_TARGET,
                ROLLOUT_STEP,
                ROLLOUT_COMMAND,
                ROLLOUT_REPORT));
        for (RecordKind kind : RECORDS) {
            all.add(kind.table());
            kind.parts().forEach(part -> all.add(part.table()));
        }
        return all;
    }

    static RecordKind kindOf(String prefix) {
        return RECORDS.stream()
                .filter(kind -> kind.prefix().equals(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(prefix));
    }
}
