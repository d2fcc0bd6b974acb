package io.gatehouse.malformed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A well-formed request for each operation of the API; whether it is granted depends on what happened before. */
public final class Operations {

    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1));
    private static final String WINDOW =
            "{\"startsAt\": \"%s\", \"endsAt\": \"%s\"}".formatted(TOMORROW, TOMORROW.plus(Duration.ofHours(2)));
    private static final String CONTENT =
            """
            {"title": "Upgrade", "description": "To the next version", "services": ["nova", "glance"],
             "environment": "staging", "window": %s,
             "plans": {"implementation": "a", "test": "b", "backout": "c", "communication": "d"},
             "questionnaire": {"dataMigration": true, "downtime": false, "backoutTested": true,
              "ifNotDone": "It stays slow"},
             "links": [{"title": "Ticket", "url": "https://tickets.example/1"}],
             "artifacts": [{"service": "nova", "version": "28.0.0", "digest": "sha256:00"}]}"""
                    .formatted(WINDOW);
    private static final String PLAN =
            """
            {"process": "Rollout", "checklist": ["It answers"], "soak": "PT1M", "onFailedVerification": "ASK",
             "steps": [{"stage": "DEPLOY_APPLICATION", "name": "Deploy", "connector": "sample-deploy", "target": "nova",
               "parameters": {"part": "application", "version": "4.2"},
               "undo": {"connector": "sample-undo", "parameters": {"part": "application", "version": "4.2"}}},
              {"stage": "VERIFY", "name": "Look", "target": "nova",
               "manual": {"instructions": "Open the front page", "checklist": ["It shows", "It is quick"]}}]}""";
    private static final String SAID = "{\"decision\": \"APPROVE\", \"reason\": \"Fine\"}";
    private static final String REASON = "{\"reason\": \"Because\"}";

    private record Example(
            String person, Map<String, String> variables, String query, List<String> headers, String body) {}

    private final Map<String, Example> examples = new HashMap<>();

    public Operations() {
        catalog();
        changes();
        steps();
        rollouts();
        tools();
        people();
        secrets();
        breakGlass();
        boards();
        example(
                "GET /api/v1/tasks",
                "theo",
                "number=CHG-000025&task=ApproveChange&group=ops-lead&mine=true&limit=5",
                "");
        example("GET /api/v1/policy-decisions", "alma", "limit=2", "");
        example("GET /api/v1/audit/differences", "alma", "limit=2", "");
        example("GET /api/v1/audit/comparison", "alma", "", "");
        example("GET /api/v1/models", "rita", "limit=2", "");
        example("GET /api/v1/models/{id}", "rita", "", "");
        example(
                "POST /api/v1/models",
                "mona",
                "",
                "{\"file\": \"Rollout.bpmn\", \"content\": %s, \"why\": \"Better\"}".formatted(shippedModel()));
        example(
                "POST /api/v1/models/{id}/decision",
                "rolf",
                "",
                """
                {"decision": "REJECT", "sha256": "00", "reason": "Worse"}""");
        example("GET /api/v1/freezes", "rita", "limit=2", "");
        example(
                "POST /api/v1/freezes",
                "mona",
                "",
                """
                {"name": "Summit", "reason": "Travel", "startsAt": "2998-01-01T00:00:00Z",
                 "endsAt": "2998-01-02T00:00:00Z", "service": "nova", "environment": "staging"}""");
        example("GET /api/v1/freezes/{id}", "rita", "", "");
        example("DELETE /api/v1/freezes/{id}", "mona", "", "");
    }

    private void catalog() {
        example("GET /api/v1/services", "rita", "ownerGroup=oslo&tier=3&dependsOn=stevedore&limit=3", "");
        example("GET /api/v1/services/{key}", "rita", "", "");
        example("GET /api/v1/services/{key}/deployments", "rita", "environment=staging&live=true", "");
        example(
                "PUT /api/v1/services/{key}",
                "rolf",
                "",
                """
                {"name": "Compute", "tier": 1, "ownerGroup": "nova", "complianceScopes": ["gdpr"],
                 "dependencies": ["keystone", "glance"]}""",
                "If-Match: *");
        example("GET /api/v1/environments", "rita", "limit=1", "");
        example("GET /api/v1/environments/{key}", "rita", "", "");
        example("GET /api/v1/environments/{key}/deployments", "rita", "service=nova&live=true", "");
        example(
                "PUT /api/v1/environments/{key}",
                "rolf",
                "",
                """
                {"name": "Staging", "kind": "STAGING", "order": 2, "production": false}""",
                "If-Match: *");
    }

    private void changes() {
        example(
                "GET /api/v1/changes",
                "rita",
                "state=CLOSED&type=NORMAL&service=nova&environment=production&requester=rita&limit=3",
                "");
        example(
                "POST /api/v1/changes",
                "rita",
                "",
                """
                {"type": "NORMAL", "submit": true, "change": %s}""".formatted(CONTENT));
        example("GET /api/v1/changes/{number}", "rita", "", "");
        example("PUT /api/v1/changes/{number}", "mona", "", CONTENT, "If-Match: \"1\"");
        example("GET /api/v1/changes/{number}/approvals", "rita", "", "");
        example("GET /api/v1/changes/{number}/decisions", "rita", "", "");
        example("GET /api/v1/changes/{number}/evidence", "rita", "", "");
        example(
                "POST /api/v1/changes/{number}/evidence",
                "rita",
                "",
                """
                {"kind": "TEST_REPORT", "url": "https://ci.example/1", "digest": "sha256:00", "result": "PASSED"}""");
        example("GET /api/v1/changes/{number}/incidents", "rita", "", "");
        example(
                "POST /api/v1/changes/{number}/incidents",
                "mona",
                "",
                """
                {"reference": "INC-4711", "url": "https://incidents.example/4711", "severity": "MAJOR",
                 "openedAt": "2026-01-05T10:00:00Z"}""");
        example("POST /api/v1/changes/{number}/incidents/{id}/removal", "mona", "", REASON);
        example("GET /api/v1/changes/{number}/relations", "rita", "", "");
        example(
                "POST /api/v1/changes/{number}/relations",
                "mona",
                "",
                """
                {"kind": "DEPENDS_ON", "change": "CHG-000026", "reason": "It needs the new tables"}""");
        example("POST /api/v1/changes/{number}/relations/{id}/removal", "mona", "", REASON);
        example("GET /api/v1/changes/{number}/votes", "rita", "", "");
        changeTasks();
        releases();
        releaseTemplates();
        trains();
        example("GET /api/v1/change-templates", "rita", "limit=1", "");
        example("GET /api/v1/change-templates/{key}", "rita", "", "");
        example(
                "PUT /api/v1/change-templates/{key}",
                "mona",
                "",
                """
                {"title": "Restart", "service": "nova", "environment": "staging", "open": ["LINKS", "DESCRIPTION"],
                 "plans": {"implementation": "a", "backout": "b"}, "suspension": {"failures": 2, "uses": 5}}""",
                "If-None-Match: *");
        String template = "POST /api/v1/change-templates/{key}/";
        example("GET /api/v1/change-templates/{key}/versions", "rita", "", "");
        example(template + "submission", "rolf", "", "");
        example(
                template + "reviews",
                "mona",
                "",
                """
                {"version": 1, "decision": "LET_IN", "reason": "Read it"}""");
        example(template + "suspension", "oskar", "", REASON);
        example(
                template + "decisions",
                "mona",
                "",
                """
                {"decision": "REVISE", "reason": "Looked at it"}""");
        example(template + "retirement", "mona", "", REASON);
    }

    private void changeTasks() {
        String task =
                """
                {"title": "Back up", "instructions": "All of it", "phase": "BEFORE", "owner": "oskar",
                 "ownerGroup": "ops-lead", "plannedStart": "2030-06-02T20:00:00Z",
                 "plannedEnd": "2030-06-02T22:00:00Z"}""";
        example("GET /api/v1/changes/{number}/tasks", "rita", "", "");
        example("POST /api/v1/changes/{number}/tasks", "mona", "", task);
        example("GET /api/v1/change-tasks", "rita", "mine=true&change=CHG-000001&state=OPEN&phase=AFTER&limit=3", "");
        example("GET /api/v1/change-tasks/{number}", "rita", "", "");
        example("PUT /api/v1/change-tasks/{number}", "mona", "", task, "If-Match: \"1\"");
        example("POST /api/v1/change-tasks/{number}/start", "oskar", "", "");
        example("POST /api/v1/change-tasks/{number}/completion", "oskar", "", "{\"note\": \"Did it\"}");
        example("POST /api/v1/change-tasks/{number}/cancellation", "mona", "", REASON);
    }

    private void releases() {
        String release =
                """
                {"name": "Gazpacho", "description": "All of it", "manager": "rolf", "readyOn": "2997-12-30",
                 "environment": "production",
                 "window": {"startsAt": "2998-01-01T00:00:00Z", "endsAt": "2998-01-02T00:00:00Z"},
                 "plans": {"implementation": "a", "test": "b", "backout": "c", "communication": "d"},
                 "questionnaire": {"dataMigration": false, "downtime": true, "backoutTested": true,
                   "ifNotDone": "Nothing moves"},
                 "items": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}],
                 "seats": [{"seat": "qa-lead", "veto": false}, {"seat": "security-officer", "veto": true}],
                 "stages": [{"name": "staging", "environment": "staging",
                   "planned": {"startsAt": "2997-12-01T00:00:00Z", "endsAt": "2997-12-20T00:00:00Z"},
                   "tests": [{"name": "upgrade", "askedGroup": "qa-lead", "requiredPercent": 95}],
                   "exitCriteria": ["Nobody has found anything serious"], "signedOffBy": "qa-lead",
                   "rehearsesRollback": false}]}""";
        example("GET /api/v1/releases", "rita", "state=PLANNED&manager=rolf&service=nova&limit=3", "");
        example("POST /api/v1/releases", "rolf", "", release);
        String one = "/api/v1/releases/{number}";
        example("GET " + one, "rita", "", "");
        example("PUT " + one, "rolf", "", release, "If-Match: \"1\"");
        example("POST " + one + "/start", "rolf", "", "");
        example("POST " + one + "/package-confirmations", "rolf", "", "{\"fromStage\": \"staging\"}");
        example("POST " + one + "/retirement", "rolf", "", REASON);
        example("GET " + one + "/stages", "rita", "", "");
        example(
                "POST " + one + "/tests/{test}/results",
                "quinn",
                "",
                """
                {"passed": 98, "failed": 1, "skipped": 2, "link": "https://ci.example.org/runs/4711", "reportSha256":
                 "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "note": "One is known"}""");
        example(
                "POST " + one + "/stages/{stage}/tests/{test}/results",
                "quinn",
                "",
                """
                {"tested": [{"service": "nova", "version": "31.0.0", "digest": "sha256:0123456789abcdef"}],
                 "passed": 98, "failed": 1, "skipped": 2, "link": "https://ci.example.org/runs/4711", "reportSha256":
                 "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "note": "One is known"}""");
        example(
                "POST " + one + "/sign-offs",
                "quinn",
                "",
                "{\"seat\": \"qa-lead\", \"decision\": \"PASS\", \"criteriaMet\": true, \"note\": \"Good\"}");
        example("GET /api/v1/release-delegations", "rita", "limit=3", "");
        example(
                "POST /api/v1/release-delegations",
                "rolf",
                "",
                """
                {"seat": "qa-lead", "person": "quinn", "delegate": "oskar", "from": "2997-12-01T00:00:00Z",
                 "until": "2997-12-20T00:00:00Z"}""");
        example("POST /api/v1/release-delegations/{id}/withdrawal", "rolf", "", "");
        example("GET " + one + "/scope-changes", "rita", "", "");
        example(
                "POST " + one + "/scope-changes",
                "rita",
                "",
                """
                {"items": [{"service": "nova", "version": "31.0.1", "digest": "sha256:0123456789abcdef"}],
                 "reason": "A fix that must not wait"}""");
        example(
                "POST " + one + "/scope-changes/{scope}/approvals",
                "petra",
                "",
                "{\"seat\": \"product-owner\", \"decision\": \"APPROVE\", \"reason\": \"Worth it\"}");
        example("POST " + one + "/scope-changes/{scope}/withdrawal", "rita", "", REASON);
        example("GET " + one + "/risks", "rita", "", "");
        example(
                "POST " + one + "/risks",
                "rolf",
                "",
                """
                {"kind": "RISK", "title": "The client is late", "description": "It was late twice", "owner": "rolf",
                 "likelihood": 4, "consequence": 4, "response": {"kind": "REDUCE", "text": "Ask each day"},
                 "dueOn": "2997-12-29", "blocker": false, "knownIssue": false}""");
        example("GET " + one + "/risks/{risk}", "rita", "", "");
        example(
                "PUT " + one + "/risks/{risk}",
                "rolf",
                "",
                """
                {"title": "The client is late", "description": "It was late twice", "owner": "rolf",
                 "response": {"kind": "ACCEPT", "text": "The old one will do"}, "dueOn": "2997-12-30",
                 "blocker": false, "knownIssue": false}""",
                "If-Match: \"1\"");
        example(
                "POST " + one + "/risks/{risk}/assessments",
                "rolf",
                "",
                "{\"likelihood\": 2, \"consequence\": 4, \"note\": \"A first version is here\"}");
        example("POST " + one + "/risks/{risk}/closure", "rolf", "", "{\"note\": \"It came in time\"}");
        String criterion = one + "/criteria";
        example("GET " + criterion, "rita", "", "");
        example(
                "POST " + criterion,
                "rolf",
                "",
                """
                {"title": "The load test is green", "details": "A thousand machines", "ownerGroup": "qa-lead",
                 "dueAt": "2997-12-31T00:00:00Z"}""");
        criterion += "/{criterion}";
        example("POST " + criterion + "/confirmations", "quinn", "", "{\"met\": true, \"note\": \"Run 4711\"}");
        example(
                "POST " + criterion + "/reopening",
                "rolf",
                "",
                "{\"reason\": \"Another version\", \"dueAt\": \"2997-12-31T12:00:00Z\"}");
        example("POST " + criterion + "/withdrawal", "rolf", "", REASON);
        example("GET " + one + "/readiness", "rita", "", "");
        example("GET " + one + "/decisions", "rita", "", "");
        example("GET " + one + "/dependencies", "rita", "", "");
        example(
                "POST " + one + "/dependencies",
                "rolf",
                "",
                """
                {"stage": "production", "needs": "REL-2026-001", "needsStage": "production", "reason": "New tables"}""");
        example("POST " + one + "/dependencies/{id}/removal", "rolf", "", REASON);
        example(
                "POST " + one + "/postponement",
                "rolf",
                "",
                """
                {"window": {"startsAt": "2998-02-01T00:00:00Z", "endsAt": "2998-02-02T00:00:00Z"},
                 "readyOn": "2998-01-30", "reason": "The storage is late"}""");
        example("POST " + one + "/split", "rolf", "", "{\"name\": \"Later\", \"services\": [\"nova\"]}");
        example("POST " + one + "/withdrawal", "rolf", "", REASON);
        example("GET " + one + "/replanning", "rita", "", "");
        example(
                "POST " + one + "/votes",
                "quinn",
                "",
                """
                {"seat": "qa-lead", "vote": "CONDITIONAL_GO", "reason": "Nearly there", "conditions":
                 [{"demanded": "Look again", "owner": "ops-lead", "dueAt": "2998-01-01T00:00:00Z"}]}""");
        example("POST " + one + "/conditions/{condition}/fulfilment", "oskar", "", "{\"note\": \"Did it\"}");
        String document = one + "/documents/{kind}";
        example("GET " + one + "/documents", "rita", "", "");
        example("PUT " + document, "rolf", "", "{\"text\": \"Switch, then look\"}", "If-None-Match: *");
        example("GET " + document, "rita", "", "");
        example("GET " + document + "/versions", "rita", "limit=2", "");
        example("GET " + document + "/versions/{version}", "rita", "", "");
        example("GET " + one + "/tickets", "rita", "", "");
        example(
                "PUT " + one + "/tickets",
                "rolf",
                "",
                """
                {"tickets": [{"service": "nova", "kind": "TICKET", "key": "NOVA-1", "title": "Resize",
                 "url": "https://tickets.example/1"}]}""",
                "If-None-Match: *");
        example("GET " + one + "/release-notes", "rita", "", "");
        example("POST " + one + "/release-notes/drafts", "rolf", "", "");
        example("POST " + one + "/release-notes/publications", "rolf", "", "{\"version\": 1}");
        communication(one);
    }

    private void communication(String one) {
        example("GET " + one + "/communication-plan", "rolf", "", "");
        example("GET " + one + "/communications", "rolf", "", "");
        example(
                "PUT " + one + "/communication-plan",
                "rolf",
                "",
                """
                {"entries": [{"moment": "STARTED", "template": "release-planned-work",
                  "audience": [{"kind": "ROLE", "name": "ops-lead"}, {"kind": "ADDRESS", "name": "all@example.org"}]},
                 {"moment": "STAGE_PASSED", "stage": "staging", "template": "release-planned-work",
                  "audience": [{"kind": "TEAM", "name": "nova"}]}]}""",
                "If-None-Match: *");
        example("GET /api/v1/communication-templates", "rita", "limit=1", "");
        example("GET /api/v1/communication-templates/{key}", "rita", "", "");
        example(
                "PUT /api/v1/communication-templates/{key}",
                "rolf",
                "",
                """
                {"subject": "{{release.number}} begins", "text": "Led by {{ release.manager }}."}""",
                "If-None-Match: *");
        example("GET " + one + "/budget", "rita", "", "");
        example(
                "PUT " + one + "/budget",
                "rolf",
                "",
                """
                {"hours": 400.5, "money": {"amount": 12000.50, "currency": "EUR"}}""",
                "If-None-Match: *");
        example("GET " + one + "/bookings", "rita", "limit=3", "");
        example(
                "POST " + one + "/bookings",
                "rolf",
                "",
                """
                {"spentOn": "2026-01-05", "hours": 7.5, "money": {"amount": 99.90, "currency": "EUR"},
                 "what": "Load tests"}""");
        example("POST " + one + "/bookings/{id}/reversal", "rolf", "", REASON);
        example("GET " + one + "/progress", "rita", "", "");
        example("GET " + one + "/status-report", "rita", "", "");
    }

    private void releaseTemplates() {
        example("GET /api/v1/release-templates", "rita", "limit=1", "");
        String one = "/api/v1/release-templates/{key}";
        example("GET " + one, "rita", "", "");
        example("GET " + one + "/versions", "rita", "", "");
        example(
                "PUT " + one,
                "rolf",
                "",
                """
                {"name": "Major", "description": "Twice a year",
                 "stages": [{"name": "staging", "environment": "staging", "daysBefore": 14, "days": 7,
                   "tests": [{"name": "upgrade", "askedGroup": "qa-lead", "requiredPercent": 95}],
                   "exitCriteria": ["Nobody has found anything serious"], "signedOffBy": "qa-lead",
                   "rehearsesRollback": false}],
                 "criteria": [{"title": "Support is trained", "askedGroup": "ops-lead", "daysBefore": 3}],
                 "seats": [{"seat": "qa-lead", "veto": true}]}""",
                "If-None-Match: *");
        example("POST " + one + "/copies", "rolf", "", "{\"key\": \"minor\"}");
        example("POST " + one + "/retirement", "rolf", "", REASON);
    }

    private void trains() {
        example("GET /api/v1/trains", "rita", "limit=1", "");
        example("GET /api/v1/trains/{key}", "rita", "", "");
        example("GET /api/v1/trains/{key}/slips", "rita", "", "");
        example(
                "PUT /api/v1/trains/{key}",
                "rolf",
                "",
                """
                {"name": "Gazpacho", "series": "openstack", "cadence": "P6M", "startsOn": "2997-10-06", "releasesOn": "2998-03-30",
                 "milestones": [
                   {"name": "spec-freeze", "kind": "FREEZE", "service": "nova", "startsOn": "2997-12-01",
                    "endsOn": "2997-12-05"},
                   {"name": "final", "kind": "FINAL", "startsOn": "2998-03-30", "endsOn": "2998-04-03"}]}""",
                "If-None-Match: *");
        example(
                "POST /api/v1/trains/{key}/schedule-imports",
                "rolf",
                "",
                """
                {"schedule": "{start-week: 2998-03-30, release-week: 2998-03-30, cycle: [\
                {start: 2998-03-30, end: 2998-04-03, name: R+0, x-project: [g-final],\
                 project-specific: [g-nova-ff]}]}"}""");
    }

    private void steps() {
        String change = "POST /api/v1/changes/{number}/";
        example(change + "submission", "mona", "", "");
        example(change + "reclassification", "mona", "", "{\"type\": \"EMERGENCY\"}");
        example(change + "revision", "mona", "", REASON);
        example(change + "hold", "mona", "", REASON);
        example(change + "resumption", "mona", "", "");
        example(change + "cancellation", "mona", "", "");
        example(change + "technical-reviews", "theo", "", SAID);
        example(change + "approvals", "oskar", "", "{\"seat\": \"ops-lead\", " + SAID.substring(1));
        example(
                change + "implementation-reports",
                "oskar",
                "",
                """
                {"result": "UNSUCCESSFUL", "rolledBack": true}""");
        example(
                change + "votes",
                "oskar",
                "",
                """
                {"vote": "APPROVE", "reason": "Sound", "conditions": ["Somebody on call"]}""");
        example(
                change + "deferrals",
                "mona",
                "",
                """
                {"decision": "VOTE_AGAIN", "reason": "Too few came"}""");
        example(change + "conditions/{position}/fulfilment", "mona", "", """
                {"note": "Done"}""");
        example(change + "reviews", "mona", "", """
                {"closeCode": "SUCCESSFUL", "lessons": "None"}""");
    }

    private void rollouts() {
        example("GET /api/v1/changes/{number}/rollout-plan", "rita", "", "");
        example("PUT /api/v1/changes/{number}/rollout-plan", "rita", "", PLAN, "If-None-Match: *");
        example("POST /api/v1/changes/{number}/rollout-plan", "rita", "", "{\"service\": \"nova\"}");
        example("GET /api/v1/changes/{number}/rehearsals", "rita", "", "");
        example(
                "POST /api/v1/changes/{number}/rehearsals",
                "rita",
                "",
                """
                {"environment": "staging", "window": {"startsAt": "2998-01-01T00:00:00Z",
                 "endsAt": "2998-01-02T00:00:00Z"}}""");
        example("GET /api/v1/services/{key}/rollout-plan", "rita", "", "");
        example("PUT /api/v1/services/{key}/rollout-plan", "rolf", "", PLAN, "If-None-Match: *");
        example("GET /api/v1/change-templates/{key}/rollout-plan", "rita", "", "");
        example("PUT /api/v1/change-templates/{key}/rollout-plan", "mona", "", PLAN, "If-None-Match: *");
        example("GET /api/v1/rollout-plan-templates", "rita", "limit=1", "");
        example("GET /api/v1/rollout-plan-templates/{key}", "rita", "", "");
        example("PUT /api/v1/rollout-plan-templates/{key}", "rolf", "", PLAN, "If-None-Match: *");
        example(
                "POST /api/v1/rollout-plan-drafts",
                "rita",
                "",
                """
                {"strategy": "ROLLING", "targets": ["application", "workers"], "maxUnavailable": "50%",
                 "deploy": {"connector": "sample-deploy", "target": "{targets}",
                   "parameters": {"part": "{targets}", "version": "4.2"},
                   "undo": {"connector": "sample-undo", "parameters": {"part": "{targets}", "version": "4.2"}},
                   "runbook": "Watch it", "expectedDuration": "PT2M"},
                 "check": {"connector": "sample-check", "target": "{targets}",
                   "parameters": {"part": "{targets}", "version": "4.2"},
                   "runbook": "Watch it", "expectedDuration": "PT10S"},
                 "checklist": ["It answers"], "soak": "PT1M"}""");
        example("GET /api/v1/rollouts", "rita", "change=CHG-000001&state=RUNNING&limit=2", "");
        example("GET /api/v1/rollouts/{number}", "rita", "", "");
        example("GET /api/v1/rollouts/{number}/events", "rita", "", "");
        example("GET /api/v1/rollouts/{number}/steps", "rita", "", "");
        example("GET /api/v1/rollouts/{number}/steps/{seq}/log", "rita", "limit=5", "");
        example("GET /api/v1/rollouts/{number}/rollback-preview", "rita", "", "");
        example("POST /api/v1/rollouts/{number}/pause", "rolf", "", REASON);
        example("POST /api/v1/rollouts/{number}/resume", "rolf", "", REASON);
        example("POST /api/v1/rollouts/{number}/abort", "rolf", "", REASON);
        example("POST /api/v1/rollouts/{number}/keep", "rolf", "", REASON);
        example("POST /api/v1/rollouts/{number}/rollback", "rolf", "", REASON);
        example("POST /api/v1/rollouts/{number}/steps/{seq}/stop", "rolf", "", REASON);
        example(
                "POST /api/v1/rollouts/{number}/steps/{seq}/resolution",
                "oskar",
                "",
                """
                {"action": "SKIP", "reason": "It is gone"}""");
        example(
                "POST /api/v1/rollouts/{number}/steps/{seq}/reports",
                "oskar",
                "",
                """
                {"result": "FAILED", "ticked": [1], "note": "The door is locked"}""");
        example("GET /api/v1/quarantine", "rita", "", "");
        example("POST /api/v1/quarantine/release", "rolf", "", REASON);
        example("GET /api/v1/connectors", "rita", "", "");
        example("POST /api/v1/connectors/{connector}/checks", "rolf", "", "");
        example("GET /api/v1/callbacks", "rolf", "limit=5", "");
        example(
                "POST /api/v1/callbacks/{connector}",
                "rolf",
                "",
                """
                {"type": "rollout.step", "data": {"state": "DONE"}}""",
                "webhook-id: msg_1",
                "webhook-timestamp: 1700000000",
                "webhook-signature: v1,AAAA");
    }

    private void tools() {
        example("GET /api/v1/tools", "rita", "limit=3", "");
        example("GET /api/v1/tools/{name}", "rita", "", "");
        example(
                "PUT /api/v1/tools/{name}",
                "adam",
                "",
                """
                {"description": "Deploys nova", "actions": ["READ", "RAISE_CHANGES"], "services": ["nova"],
                 "environments": ["staging"], "responsible": "rita", "enabled": true}""",
                "If-None-Match: *");
        example("GET /api/v1/tools/{name}/tokens", "rita", "", "");
        example(
                "POST /api/v1/tools/{name}/tokens",
                "adam",
                "",
                """
                {"expiresAt": "%s"}""".formatted(TOMORROW));
        example(
                "POST /api/v1/tools/{name}/tokens/{id}/rotation",
                "adam",
                "",
                """
                {"overlap": "PT1H", "expiresAt": "%s"}""".formatted(TOMORROW));
        example("DELETE /api/v1/tools/{name}/tokens/{id}", "adam", "", "");
    }

    private void people() {
        String description =
                """
                "name": "Walter Weber", "email": "walter@example.com", "roles": ["requester"], "teams": ["nova"]}""";
        example("GET /api/v1/people", "alma", "limit=3", "");
        example("GET /api/v1/people/{id}", "adam", "", "");
        example("POST /api/v1/people", "adam", "", "{\"id\": \"walter\", " + description);
        example("PUT /api/v1/people/{id}", "adam", "", "{" + description, "If-Match: *");
        example("POST /api/v1/people/{id}/disablement", "adam", "", "");
        example("POST /api/v1/people/{id}/enablement", "adam", "", "");
        example("POST /api/v1/people/{id}/erasure", "adam", "", "");
        example("POST /api/v1/people/{id}/sign-out", "adam", "", "");
        example("POST /api/v1/people/{id}/password-links", "adam", "", "");
    }

    private void secrets() {
        example("GET /api/v1/secrets", "adam", "limit=3", "");
        example("GET /api/v1/secrets/{name}", "adam", "", "");
        example(
                "PUT /api/v1/secrets/{name}",
                "adam",
                "",
                """
                {"value": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "acceptPrevious": true}""",
                "If-None-Match: *");
        example("DELETE /api/v1/secrets/{name}", "adam", "", "");
    }

    private void breakGlass() {
        example("GET /api/v1/break-glass", "alma", "state=ASKED&limit=2", "");
        example("GET /api/v1/break-glass/{number}", "alma", "", "");
        example(
                "POST /api/v1/break-glass",
                "oskar",
                "",
                """
                {"target": "CHG-000001", "reason": "Its job failed", "incident": "INC-4711", "expiresAt": "%s",
                 "actions": [{"kind": "SET_RETRIES", "at": "Activity_OpenRollout"},
                   {"kind": "MOVE_TOKEN", "at": "Activity_ReviewChange", "to": "Activity_CloseChange"},
                   {"kind": "SET_VARIABLE", "variable": "reviewRequired", "value": "false"}]}"""
                        .formatted(Instant.now().plus(Duration.ofMinutes(50)).truncatedTo(ChronoUnit.SECONDS)));
        example(
                "POST /api/v1/break-glass/{number}/decision",
                "rolf",
                "",
                """
                {"decision": "GRANT", "reason": "Nothing else helps"}""");
        example("POST /api/v1/break-glass/{number}/actions", "oskar", "", "{\"kind\": \"SET_RETRIES\"}");
        example("POST /api/v1/break-glass/{number}/end", "oskar", "", "");
        example("POST /api/v1/break-glass/{number}/override-end", "oskar", "", REASON);
        example(
                "POST /api/v1/break-glass/{number}/review",
                "mona",
                "",
                """
                {"outcome": "JUSTIFIED", "toMend": "Try again by itself"}""");
    }

    private void boards() {
        example("GET /api/v1/boards", "rita", "limit=1", "");
        example("GET /api/v1/boards/{key}", "rita", "", "");
        example(
                "PUT /api/v1/boards/{key}",
                "mona",
                "",
                """
                {"name": "Change advisory board", "active": true, "minimumVotes": 2, "votingHours": 72,
                 "members": [{"seat": "chair", "person": "chris", "chair": true, "veto": false, "required": true},
                   {"seat": "operations", "person": "oskar", "chair": false, "veto": true, "required": false}],
                 "delegates": [{"seat": "chair", "person": "carla", "from": "2998-01-01T00:00:00Z",
                   "until": "2998-02-01T00:00:00Z"}],
                 "meetings": {"recurrence": "FREQ=WEEKLY;BYDAY=WE", "first": "2998-01-03T14:00",
                   "timeZone": "Europe/Berlin", "durationMinutes": 60, "leadHours": 24},
                 "agenda": {"minutesPerItem": 10, "states": ["AUTHORIZE"], "types": ["NORMAL"], "risks": ["HIGH"],
                   "environments": ["staging"], "production": false, "tiers": [1, 2]}}""",
                "If-None-Match: *");
        example(
                "PUT /api/v1/boards/{key}/absences/{person}",
                "mona",
                "",
                """
                {"absences": [{"from": "2998-01-01T00:00:00Z", "until": "2998-01-08T00:00:00Z"}]}""",
                "If-Match: *");
        example("GET /api/v1/boards/{key}/meetings", "rita", "limit=1", "");
        example("GET /api/v1/meetings/{number}", "rita", "", "");
        example("GET /api/v1/meetings/{number}/minutes", "rita", "", "");
        example(
                "PUT /api/v1/meetings/{number}/agenda",
                "mona",
                "",
                """
                {"items": [{"change": "CHG-000001", "minutes": 5}]}""",
                "If-Match: *");
        example(
                "POST /api/v1/meetings/{number}/deferrals",
                "mona",
                "",
                """
                {"change": "CHG-000001", "reason": "Its requester is away"}""");
        example(
                "PUT /api/v1/meetings/{number}/attendance",
                "mona",
                "",
                """
                {"present": ["chris", "oskar"]}""",
                "If-Match: *");
        example("POST /api/v1/meetings/{number}/opening", "chris", "", "");
        example("POST /api/v1/meetings/{number}/closing", "chris", "", "{\"remarks\": \"Well done\"}");
        example("POST /api/v1/meetings/{number}/cancellation", "mona", "", REASON);
    }

    /** As a JSON text. */
    private static String shippedModel() {
        try (InputStream model = Operations.class.getResourceAsStream("/processes/rollout/Rollout.bpmn")) {
            return new ObjectMapper().writeValueAsString(new String(model.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void example(String operation, String person, String query, String body, String... headers) {
        examples.put(operation, new Example(person, variables(operation), query, List.of(headers), body));
    }

    private static Map<String, String> variables(String operation) {
        return Map.ofEntries(
                Map.entry("{number}", number(operation)),
                Map.entry("{key}", key(operation)),
                Map.entry("{kind}", "RELEASE_NOTES"),
                Map.entry("{version}", "1"),
                Map.entry("{scope}", "SCOPE-000001"),
                Map.entry("{stage}", "staging"),
                Map.entry("{test}", "TEST-000001"),
                Map.entry("{risk}", "RISK-000001"),
                Map.entry("{criterion}", "CRIT-000001"),
                Map.entry("{condition}", "COND-000001"),
                Map.entry("{person}", "chris"),
                Map.entry("{id}", operation.contains("/people/") ? "walter" : "%d"),
                Map.entry("{name}", "nova-pipeline-%d"),
                Map.entry("{seq}", "1"),
                Map.entry("{position}", "1"),
                Map.entry("{connector}", "sample"));
    }

    private static String number(String operation) {
        return Map.of(
                        "rollouts/", "ROL-000001",
                        "break-glass/", "BRG-000001",
                        "releases/", "REL-2026-001",
                        "meetings/", "MTG-000001")
                .entrySet()
                .stream()
                .filter(kind -> operation.contains(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("CHG-0000%02d");
    }

    private static String key(String operation) {
        return Map.of(
                        "environments", "staging",
                        "communication-templates", "release-decided",
                        "release-templates", "openstack-service",
                        "change-templates", "restart-nova",
                        "boards", "cab",
                        "trains", "gazpacho")
                .entrySet()
                .stream()
                .filter(kind -> operation.contains(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("nova");
    }

    Set<String> names() {
        return examples.keySet();
    }

    /** The body of the well-formed request of an operation; empty if it has none. */
    public String bodyOf(String operation) {
        return java.util.Objects.requireNonNull(examples.get(operation), operation)
                .body();
    }

    /** The query of the well-formed request of an operation. */
    public String queryOf(String operation) {
        return java.util.Objects.requireNonNull(examples.get(operation), operation)
                .query();
    }

    /** The headers of the well-formed request of an operation that are its own, as {@code name: value}. */
    public List<String> headersOf(String operation) {
        return java.util.Objects.requireNonNull(examples.get(operation), operation)
                .headers();
    }

    /** The well-formed request of an operation; {@code round} varies what it is about. */
    WireRequest wellFormed(String operation, int round) {
        Example example = java.util.Objects.requireNonNull(examples.get(operation), operation);
        String[] parts = operation.split(" ");
        String path = parts[1];
        for (Map.Entry<String, String> variable : example.variables().entrySet()) {
            path = path.replace(variable.getKey(), variable.getValue().formatted(1 + round % 40));
        }
        WireRequest request = new WireRequest(parts[0], path);
        request.query = example.query();
        request.set("Host", "gatehouse");
        request.set("Connection", "close");
        request.set("Authorization", "Basic " + credentials(example.person()));
        example.headers().forEach(request.headers::add);
        if (!example.body().isEmpty()) {
            request.set("Content-Type", "application/json");
            request.body = example.body().getBytes(StandardCharsets.UTF_8);
        }
        return request;
    }

    private static String credentials(String person) {
        return Base64.getEncoder().encodeToString((person + ":" + person + "-sample").getBytes(StandardCharsets.UTF_8));
    }
}
