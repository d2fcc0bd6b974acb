package io.gatehouse.release;

import io.gatehouse.api.ProblemException;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a JUnit report says of its cases. They are counted one by one: the sums that a report has of its own are what
 * somebody wrote, and some tools leave them out.
 *
 * @param failed with a failure or an error
 */
public record JUnitReport(int passed, int failed, int skipped) {

    private static final int MAX_DEPTH = 50;

    private static final String CASE = "testcase";

    private enum Result {
        PASSED,
        FAILED,
        SKIPPED;

        /** What fails stays so, whatever else is said of the case. */
        private Result with(String element) {
            return switch (element) {
                case "failure", "error" -> FAILED;
                case "skipped" -> this == FAILED ? FAILED : SKIPPED;
                default -> this;
            };
        }
    }

    /**
     * Reads a report, which a stranger may have written: without document type, entities and anything fetched.
     *
     * @throws ProblemException invalid if it is none, or names no case
     */
    public static JUnitReport read(String xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                return count(reader);
            } finally {
                reader.close();
            }
        } catch (ProblemException e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) {
            throw invalid("must be well-formed XML without entities of its own");
        }
    }

    private static JUnitReport count(XMLStreamReader reader) throws XMLStreamException {
        Map<Result, Integer> counted = new EnumMap<>(Result.class);
        Result result = Result.PASSED;
        int depth = 0;
        int depthOfCase = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String element = reader.getLocalName();
                    depth++;
                    check(element, depth, depthOfCase);
                    if (element.equals(CASE)) {
                        depthOfCase = depth;
                        result = Result.PASSED;
                    } else if (depthOfCase > 0 && depth == depthOfCase + 1) {
                        result = result.with(element);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth == depthOfCase) {
                        counted.merge(result, 1, Integer::sum);
                        depthOfCase = 0;
                    }
                    depth--;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw invalid(
                        "must have no document type and no entities of its own");
                default -> {
                    // What a case has printed does not count.
                }
            }
        }
        if (counted.isEmpty()) {
            throw invalid("must name a case at least");
        }
        return new JUnitReport(
                counted.getOrDefault(Result.PASSED, 0),
                counted.getOrDefault(Result.FAILED, 0),
                counted.getOrDefault(Result.SKIPPED, 0));
    }

    private static void check(String element, int depth, int depthOfCase) {
        if (depth > MAX_DEPTH) {
            throw invalid("must not be nested deeper than " + MAX_DEPTH);
        }
        boolean isRoot = element.equals("testsuites") || element.equals("testsuite");
        if ((depth == 1 && !isRoot) || (depthOfCase > 0 && element.equals(CASE))) {
            throw invalid("must be a JUnit report: testsuites or a testsuite, with cases that are in no other case");
        }
    }

    private static ProblemException invalid(String message) {
        return ProblemException.invalid("junit", message);
    }

    /** The one of the Java runtime, not whichever library happens to be there. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched");
        });
        return factory;
    }
}
