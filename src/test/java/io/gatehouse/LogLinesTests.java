package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** What people and tools send stays inside the line of the event that mentions it. */
class LogLinesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n2026-05-01T10:00:00.000Z INFO  Audit all is well",
                "x\r\nINFO",
                "x\rINFO",
                "x\u2028INFO",
                "x\u2029INFO",
                "x\u0085INFO",
                "x\u000bINFO",
                "x\fINFO",
                "x\u001b[2K\u001b[1AINFO",
                "x\u0000y",
                "x\u0007y",
                "x\by",
                "x\u009b2Ky",
                "x\u202ey",
                "\ud800",
                "x\n\n\n\n"
            })
    void areOnePerEvent(String said) throws IOException {
        String line = logged("Said '" + said + "'");

        assertThat(line).endsWith("'\n");
        assertThat(line.substring(0, line.length() - 1).codePoints())
                .noneMatch(character -> Character.getType(character) == Character.CONTROL
                        || Character.getType(character) == Character.FORMAT
                        || Character.getType(character) == Character.SURROGATE
                        || Character.getType(character) == Character.LINE_SEPARATOR
                        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9 \ud83d\ude80 \u6f22\u5b57", "100 % <b>\\n$1</b>"})
    void keepWhatIsOnlyText(String said) throws IOException {
        assertThat(logged(said)).endsWith(said + "\n");
    }

    private static String logged(String message) throws IOException {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(messagePart());
        layout.start();
        LoggingEvent event = new LoggingEvent(
                MessageConverter.class.getName(), context.getLogger("x"), Level.INFO, message, null, null);
        return layout.doLayout(event);
    }

    /** The rest of the pattern is Spring Boot's. */
    private static String messagePart() throws IOException {
        Object pattern = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0)
                .getProperty("logging.pattern.console");
        String all = String.valueOf(pattern);
        return all.substring(all.indexOf("%replace"), all.indexOf("%wEx"));
    }
}
