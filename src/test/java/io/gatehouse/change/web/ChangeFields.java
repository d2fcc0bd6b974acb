package io.gatehouse.change.web;

import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.restdocs.payload.FieldDescriptor;

/** The fields of a change in requests and answers, described once. */
final class ChangeFields {

    private ChangeFields() {}

    /** What a requester writes, below {@code prefix}. */
    static List<FieldDescriptor> content(String prefix) {
        return Stream.of(
                        fieldWithPath(prefix + "title")
                                .description("What is changed, in a line of at most 200 characters"),
                        text(prefix + "description", "More about it"),
                        fieldWithPath(prefix + "services").description("Keys of the services it changes, 1 to 100"),
                        fieldWithPath(prefix + "environment").description("Key of the environment"),
                        fieldWithPath(prefix + "window.startsAt").description("When it may start"),
                        fieldWithPath(prefix + "window.endsAt")
                                .description("When it must be done; at most 31 days after the start"),
                        text(prefix + "plans.implementation", "How it is made"),
                        text(prefix + "plans.test", "How it is checked"),
                        text(prefix + "plans.backout", "How it is undone"),
                        text(prefix + "plans.communication", "Who is told, and how"),
                        flag(prefix + "questionnaire.dataMigration", "Whether stored data is converted"),
                        flag(prefix + "questionnaire.downtime", "Whether services are unavailable meanwhile"),
                        flag(prefix + "questionnaire.backoutTested", "Whether the way back has been tried"),
                        text(
                                prefix + "questionnaire.ifNotDone",
                                "What happens if it is not made, at most 4,000 characters; a board asks for it"),
                        list(prefix + "links", "Evidence and background on the web"),
                        text(prefix + "links[].title", "What a link shows: a ticket, a test report"),
                        text(prefix + "links[].url", "Its address, http or https"),
                        list(prefix + "artifacts", "What will run there when it is done"),
                        text(prefix + "artifacts[].service", "Key of one of its services"),
                        text(prefix + "artifacts[].version", "The version, as the service's team writes it"),
                        text(prefix + "artifacts[].digest", "Digest of the package, as `sha256:...`"))
                .toList();
    }

    /** A change as it is shown. */
    static List<FieldDescriptor> change() {
        Stream<FieldDescriptor> own = Stream.of(
                fieldWithPath("number").description("Its number, by which everybody calls it"),
                fieldWithPath("type").description("`NORMAL`, `STANDARD` or `EMERGENCY`"),
                fieldWithPath("state").description("Where it stands, see <<lifecycle>>"),
                text("onHoldBecause", "Why it is on hold; absent when it is not"),
                text("returnedBecause", "Why it came back to `NEW`, after it was sent back, or that it is superseded"),
                text("template", "Key of the template of a standard change"),
                fieldWithPath("requester").description("Who raised it"),
                text("risk", "`LOW`, `MODERATE`, `HIGH` or `VERY_HIGH`, once it is assessed"),
                fieldWithPath("riskReasons").description("Why, one sentence per rule that fired"),
                fieldWithPath("approvalRound")
                        .description("How often it was submitted; approvals count for their round only"),
                text("implementer", "Who implemented it by hand"),
                text("reviewer", "Who reviewed it"),
                text("closeCode", "`SUCCESSFUL`, `SUCCESSFUL_WITH_ISSUES` or `UNSUCCESSFUL`, once it is implemented"),
                fieldWithPath("rolledBack").description("Whether it was undone"),
                fieldWithPath("createdAt").description("When it was raised"),
                text("closedAt", "When it was closed or canceled"));
        return Stream.of(own, emergency(), related(), tasks(), content("").stream())
                .flatMap(fields -> fields)
                .toList();
    }

    private static Stream<FieldDescriptor> emergency() {
        return Stream.of(
                fieldWithPath("emergency.approvalsNeeded")
                        .description("How many of its seats must approve an emergency; absent before it is submitted")
                        .optional()
                        .type("Number"),
                text("emergency.timeBoxEndsAt", "When the time of its seats is over"),
                text("emergency.approveBy", "Until when it must be approved, if it began before it was"),
                text(
                        "emergency.unauthorisedBecause",
                        "Why it was made without ever having been approved: `REJECTED` or `NOT_IN_TIME`"),
                text("emergency.reportedTo", "The meeting of a board that was told of it, as `MTG-000001`"),
                text("emergency.reportedAt", "When"));
    }

    private static Stream<FieldDescriptor> related() {
        return Stream.concat(
                Stream.of(fieldWithPath("relations")
                        .description("What it has to do with other changes, see <<changes-relations>>")),
                relation("relations[].", true).stream()
                        .filter(field -> !field.getPath().contains(".removed")));
    }

    private static Stream<FieldDescriptor> tasks() {
        return Stream.of(
                fieldWithPath("tasks").description("What still has to be done for it, see <<change-tasks>>"),
                text("tasks[].number", "Number of the task"),
                text("tasks[].title", "What has to be done"),
                text("tasks[].phase", "`BEFORE`, `DURING` or `AFTER` the implementation"),
                text("tasks[].state", "`OPEN` or `IN_PROGRESS`"),
                text("tasks[].holds", "What waits for it: the `START` of the change, or its `CLOSING`"),
                text("tasks[].owner", "Who does it"),
                text("tasks[].ownerGroup", "Or whoever of this group is first"));
    }

    /**
     * A relation, below {@code prefix}.
     *
     * @param optional whether there may be none
     */
    static List<FieldDescriptor> relation(String prefix, boolean optional) {
        List<FieldDescriptor> fields = List.of(
                fieldWithPath(prefix + "id")
                        .description("Tells it from all others")
                        .type("Number"),
                fieldWithPath(prefix + "kind")
                        .description("What it is to the change, see below")
                        .type("String"),
                fieldWithPath(prefix + "change")
                        .description("Number of the other change")
                        .type("String"),
                fieldWithPath(prefix + "title").description("What that changes").type("String"),
                fieldWithPath(prefix + "state").description("Where that stands").type("String"),
                text(prefix + "closeCode", "How that was implemented, once it is"),
                text(prefix + "waits", "Why the change must not start now; absent if it may, or has"),
                fieldWithPath(prefix + "addedBy").description("Who said so").type("String"),
                fieldWithPath(prefix + "addedAt").description("When").type("String"),
                text(prefix + "addedBecause", "Why"),
                text(prefix + "removedBy", "Who took it back; absent while it is in force"),
                text(prefix + "removedAt", "When"),
                text(prefix + "removedBecause", "Why"));
        return optional ? fields.stream().map(FieldDescriptor::optional).toList() : fields;
    }

    /** A change as a list shows it. */
    static List<FieldDescriptor> summary() {
        return List.of(
                fieldWithPath("number").description("Its number"),
                fieldWithPath("type").description("`NORMAL`, `STANDARD` or `EMERGENCY`"),
                fieldWithPath("state").description("Where it stands"),
                fieldWithPath("onHold").description("Whether it is on hold"),
                fieldWithPath("title").description("What is changed"),
                fieldWithPath("services").description("Keys of the services"),
                fieldWithPath("environment").description("Key of the environment"),
                fieldWithPath("window.startsAt").description("When it may start"),
                fieldWithPath("window.endsAt").description("When it must be done"),
                fieldWithPath("requester").description("Who raised it"),
                text("risk", "How risky it is, once that is assessed"),
                text("closeCode", "How it ended"),
                fieldWithPath("rolledBack").description("Whether it was undone"),
                fieldWithPath("createdAt").description("When it was raised"));
    }

    static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    static FieldDescriptor list(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("Array");
    }

    static FieldDescriptor flag(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("Boolean");
    }
}
