package io.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A process as its file draws it.
 *
 * @param file name of the file, as {@code NormalChange.bpmn}
 * @param known what it may refer to
 */
record DrawnModel(String file, String text, BpmnModelInstance instance, KnownNames known) {

    /** The text must be {@link HarmlessXml}. */
    static DrawnModel parse(String file, String text, KnownNames known) {
        return new DrawnModel(
                file,
                text,
                Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                known);
    }

    <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
        return instance.getModelElementsByType(type).stream();
    }
}
