package io.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
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

    /** All attributes and texts as whoever reads the XML gets them, however their characters are spelled in the file. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        try {
            XMLInputFactory factory = HarmlessXml.factory();
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        values.add(reader.getAttributeValue(i));
                    }
                } else if (event == XMLStreamConstants.CHARACTERS) {
                    values.add(reader.getText());
                }
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Checked before", e);
        }
        return values;
    }

    <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
        return instance.getModelElementsByType(type).stream();
    }
}
