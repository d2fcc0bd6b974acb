package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XML that reads files, calls others, or eats memory, and what is left of it. */
class HarmlessXmlTests {

    static Map<String, String> hostile() {
        Map<String, String> files = new TreeMap<>();
        files.put("an entity that reads a file", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
        files.put("an entity that calls a host", "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><a>&x;</a>");
        files.put("a parameter entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x.dtd\"> %x;]><a/>");
        files.put("an external document type", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>");
        files.put("a public document type", "<!DOCTYPE a PUBLIC \"-//X\" \"http://127.0.0.1:1/x.dtd\"><a/>");
        files.put("an empty document type", "<!DOCTYPE a><a/>");
        files.put("a document type in lower case", "<!doctype a><a/>");
        files.put("a billion laughs", laughs());
        files.put(
                "quadratic growth",
                "<!DOCTYPE a [<!ENTITY x \"" + "x".repeat(50_000) + "\">]><a>" + "&x;".repeat(5_000) + "</a>");
        files.put("an entity nobody declared", "<a>&x;</a>");
        files.put(
                "an inclusion",
                "<a xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='file:///etc/passwd'/></a>");
        files.put("a style sheet", "<?xml-stylesheet href='http://127.0.0.1:1/'?><a/>");
        files.put("depth", "<a>".repeat(100_000));
        files.put("depth that is closed", "<a>".repeat(100_000) + "</a>".repeat(100_000));
        files.put("many elements", "<a>" + "<b/>".repeat(100_000) + "</a>");
        files.put("many attributes", "<a " + attributes(10_000) + "/>");
        files.put("fifty megabytes of elements", "<a>" + "<b/>".repeat(12_500_000) + "</a>");
        files.put("another encoding", "<?xml version='1.0' encoding='UTF-7'?><a/>");
        files.put("two roots", "<a/><a/>");
        files.put("nothing", "");
        files.put("text", "Hello");
        files.put("half a file", "<a><b>");
        files.put("a null character", "<a>\u0000</a>");
        files.put("a name nobody declared", "<x:a/>");
        return files;
    }

    static Iterable<Map.Entry<String, String>> hostileFiles() {
        return hostile().entrySet();
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void refuses(Map.Entry<String, String> file) {
        String trouble = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> HarmlessXml.trouble(file.getValue()));

        assertThat(trouble).as(file.getKey()).startsWith("must ");
    }

    @Test
    void callsNobody() throws IOException {
        try (ServerSocket canary = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            canary.setSoTimeout(300);
            String address = "http://127.0.0.1:" + canary.getLocalPort() + "/";
            for (String file : hostile().values()) {
                HarmlessXml.trouble(file.replace("http://127.0.0.1:1/", address));
            }
            HarmlessXml.trouble("<a xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:schemaLocation='a " + address
                    + "a.xsd'/>");

            assertThat(catchThrowable(canary::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<?xml version='1.0' encoding='UTF-8'?><a b='c'>d &amp; &#233; <![CDATA[e]]><!-- f --></a>",
            })
    void letsThroughWhatDoesNoHarm(String file) {
        assertThat(HarmlessXml.trouble(file)).isEmpty();
    }

    @Test
    void letsThroughEveryModelThatShips() {
        assertThat(Stream.of(".bpmn", ".dmn").flatMap(Models::files))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(HarmlessXml.trouble(Models.text(file))).isEmpty());
    }

    private static String laughs() {
        StringBuilder entities = new StringBuilder("<!ENTITY x0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            entities.append("<!ENTITY x%d \"%s\">".formatted(i, ("&x" + (i - 1) + ";").repeat(10)));
        }
        return "<!DOCTYPE a [" + entities + "]><a>&x29;</a>";
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return attributes.toString();
    }
}
