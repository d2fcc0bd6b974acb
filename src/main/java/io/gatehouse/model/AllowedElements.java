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
 * What a process or a table may be made of, by namespace and name, so that no prefix and no spelling leads round it: what draws a
 * flow, and of the engine's own extensions those that run nothing.
 */
final class AllowedElements {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    /** How it looks, and who drew it; nothing of it is run. */
    private static final Set<String> LOOKS = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI",
            "https://www.omg.org/spec/DMN/20191111/DMNDI/",
            "http://www.omg.org/spec/DMN/20180521/DC/",
            "http://www.omg.org/spec/DMN/20180521/DI/",
            "http://bpmn.io/schema/dmn/biodi/2.0",
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
            "candidateUsers",
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

    /** A decision table and nothing that computes: no functions, no invocations, no imports. */
    private static final Set<String> TABLE_ELEMENTS = Set.of(
            "annotation",
            "annotationEntry",
            "decision",
            "decisionTable",
            "definitions",
            "description",
            "input",
            "inputEntry",
            "inputExpression",
            "inputValues",
            "output",
            "outputEntry",
            "outputValues",
            "rule",
            "text");

    static final AllowedElements PROCESS = new AllowedElements(
            "http://www.omg.org/spec/BPMN/20100524/MODEL",
            FLOW,
            "http://camunda.org/schema/1.0/bpmn",
            ENGINE_ELEMENTS,
            ENGINE_ATTRIBUTES,
            FORBIDDEN);

    static final AllowedElements TABLE = new AllowedElements(
            "https://www.omg.org/spec/DMN/20191111/MODEL/",
            TABLE_ELEMENTS,
            "http://camunda.org/schema/1.0/dmn",
            Set.of(),
            Set.of("historyTimeToLive", "versionTag"),
            Set.of("typeLanguage", "aggregation"));

    private final String language;
    private final Set<String> elements;
    private final String engine;
    private final Set<String> engineElements;
    private final Set<String> engineAttributes;
    private final Set<String> forbidden;

    private AllowedElements(
            String language,
            Set<String> elements,
            String engine,
            Set<String> engineElements,
            Set<String> engineAttributes,
            Set<String> forbidden) {
        this.language = language;
        this.elements = elements;
        this.engine = engine;
        this.engineElements = engineElements;
        this.engineAttributes = engineAttributes;
        this.forbidden = forbidden;
    }

    /** What else there is in it; the text must be {@link HarmlessXml}. */
    List<String> others(String xml) {
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

    private void element(XMLStreamReader reader, Set<String> others) {
        String namespace = String.valueOf(reader.getNamespaceURI());
        String name = reader.getLocalName();
        boolean allowed = namespace.equals(language)
                ? elements.contains(name)
                : namespace.equals(engine) ? engineElements.contains(name) : LOOKS.contains(namespace);
        if (!allowed) {
            others.add("an element " + name + " of " + namespace);
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attribute(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i), namespace, others);
        }
    }

    private void attribute(@Nullable String of, String name, String element, Set<String> others) {
        String namespace = of == null ? "" : of;
        boolean allowed = namespace.isEmpty() || namespace.equals(language)
                ? !element.equals(language) || !forbidden.contains(name)
                : namespace.equals(engine)
                        ? engineAttributes.contains(name)
                        : namespace.equals(XSI)
                                ? name.equals("type") || name.equals("schemaLocation")
                                : LOOKS.contains(namespace);
        if (!allowed) {
            others.add("an attribute " + name + (namespace.isEmpty() ? "" : " of " + namespace));
        }
    }
}
