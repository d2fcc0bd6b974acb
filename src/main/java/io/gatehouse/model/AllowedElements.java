package io.gatehouse.model;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a process may be made of, by namespace and name, so that no prefix and no spelling leads round it: what draws a
 * flow, and of the engine's own extensions those that run nothing.
 */
final class AllowedElements {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String ENGINE = "http://camunda.org/schema/1.0/bpmn";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    /** How it looks, and who drew it; nothing of it is run. */
    private static final Set<String> LOOKS = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI",
            "http://camunda.org/schema/modeler/1.0",
            "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

    private static final Set<String> FLOW = Set.of(
            "association",
            "boundaryEvent",
            "businessRuleTask",
            "callActivity",
            "category",
            "categoryValue",
            "collaboration",
            "compensateEventDefinition",
            "completionCondition",
            "conditionExpression",
            "definitions",
            "documentation",
            "endEvent",
            "error",
            "errorEventDefinition",
            "eventBasedGateway",
            "exclusiveGateway",
            "extensionElements",
            "flowNodeRef",
            "group",
            "inclusiveGateway",
            "incoming",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "lane",
            "laneSet",
            "loopCardinality",
            "message",
            "messageEventDefinition",
            "multiInstanceLoopCharacteristics",
            "outgoing",
            "parallelGateway",
            "participant",
            "process",
            "sequenceFlow",
            "serviceTask",
            "startEvent",
            "subProcess",
            "terminateEventDefinition",
            "text",
            "textAnnotation",
            "timeCycle",
            "timeDate",
            "timeDuration",
            "timerEventDefinition",
            "userTask");

    private static final Set<String> ENGINE_ELEMENTS =
            Set.of("properties", "property", "in", "out", "failedJobRetryTimeCycle");

    private static final Set<String> ENGINE_ATTRIBUTES = Set.of(
            "asyncAfter",
            "asyncBefore",
            "calledElementBinding",
            "candidateGroups",
            "collection",
            "delegateExpression",
            "dueDate",
            "elementVariable",
            "exclusive",
            "formRef",
            "formRefBinding",
            "historyTimeToLive",
            "isStartableInTasklist",
            "jobPriority",
            "modelerTemplate",
            "modelerTemplateIcon",
            "modelerTemplateVersion",
            "priority",
            "topic",
            "type",
            "versionTag");

    /** Attributes without a namespace that name a language, a class or another file. */
    private static final Set<String> FORBIDDEN = Set.of(
            "expressionLanguage", "typeLanguage", "language", "scriptFormat", "implementation", "implementationRef");

    private AllowedElements() {}

    /** What else there is in it; the text must be {@link HarmlessXml}. */
    static List<String> others(String xml) {
        SortedSet<String> others = new TreeSet<>();
        try {
            XMLStreamReader reader = HarmlessXml.factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    element(reader, others);
                }
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Checked before", e);
        }
        return others.stream()
                .map(other -> "has " + other + ", which models may not have")
                .toList();
    }

    private static void element(XMLStreamReader reader, Set<String> others) {
        String namespace = String.valueOf(reader.getNamespaceURI());
        String name = reader.getLocalName();
        boolean allowed =
                switch (namespace) {
                    case BPMN -> FLOW.contains(name);
                    case ENGINE -> ENGINE_ELEMENTS.contains(name);
                    default -> LOOKS.contains(namespace);
                };
        if (!allowed) {
            others.add("an element " + name + " of " + namespace);
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attribute(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i), namespace, others);
        }
    }

    private static void attribute(@Nullable String of, String name, String element, Set<String> others) {
        String namespace = of == null ? "" : of;
        boolean allowed =
                switch (namespace) {
                    case "", BPMN -> !element.equals(BPMN) || !FORBIDDEN.contains(name);
                    case ENGINE -> ENGINE_ATTRIBUTES.contains(name);
                    case XSI -> name.equals("type") || name.equals("schemaLocation");
                    default -> LOOKS.contains(namespace);
                };
        if (!allowed) {
            others.add("an attribute " + name + (namespace.isEmpty() ? "" : " of " + namespace));
        }
    }
}
