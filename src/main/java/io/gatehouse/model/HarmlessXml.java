package io.gatehouse.model;

import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks at XML that a stranger sent before anything else reads it: no document type, no entities of its own, no
 * inclusions, no processing instructions, neither too deep nor too wide. It is read as a stream, and reading ends at the
 * first thing that is wrong, so it costs little whatever was sent.
 */
final class HarmlessXml {

    static final int MAX_DEPTH = 200;
    static final int MAX_ELEMENTS = 10_000;
    static final int MAX_ATTRIBUTES = 100;

    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";

    /** Whatever may follow; also in comments, where nobody needs it. */
    private static final Pattern DECLARATION = Pattern.compile("<!(?!--|\\[CDATA\\[)");

    private HarmlessXml() {}

    /** What is wrong with it; empty if it is harmless. */
    static String trouble(String xml) {
        if (DECLARATION.matcher(xml).find()) {
            return "must have no document type and no entities";
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            return "must be well-formed XML without entities of its own";
        }
    }

    private static String read(XMLStreamReader reader) throws XMLStreamException {
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            return "must be in UTF-8 and say so";
        }
        int depth = 0;
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    elements++;
                    String trouble = element(reader, depth, elements);
                    if (!trouble.isEmpty()) {
                        return trouble;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                    return "must have no document type and no entities";
                }
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                    return "must have no processing instructions";
                }
                default -> {
                    // Text and comments do nothing.
                }
            }
        }
        return "";
    }

    private static String element(XMLStreamReader reader, int depth, int elements) {
        if (depth > MAX_DEPTH) {
            return "must not be nested deeper than " + MAX_DEPTH;
        }
        if (elements > MAX_ELEMENTS) {
            return "must have at most " + MAX_ELEMENTS + " elements";
        }
        if (reader.getAttributeCount() > MAX_ATTRIBUTES) {
            return "must have at most " + MAX_ATTRIBUTES + " attributes in an element";
        }
        return XINCLUDE.equals(reader.getNamespaceURI()) ? "must include nothing" : "";
    }

    /** The one of the Java runtime, not whichever library happens to be there. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched");
        });
        return factory;
    }
}
