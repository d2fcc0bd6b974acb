package io.gatehouse.malformed;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, with some loggers at level TRACE. */
final class LogCapture implements AutoCloseable {

    private final StringBuffer lines = new StringBuffer();
    private final Map<Logger, @Nullable Level> before = new HashMap<>();
    private final Logger root;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.append(event.getLoggerName())
                    .append(' ')
                    .append(event.getFormattedMessage())
                    .append(' ')
                    .append(event.getMDCPropertyMap())
                    .append('\n');
            if (event.getThrowableProxy() != null) {
                lines.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .append('\n');
            }
        }
    };

    LogCapture(String... traced) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
        for (String name : traced) {
            Logger logger = context.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(Level.TRACE);
            // To us alone: the console of the tests shows what goes wrong.
            logger.addAppender(appender);
            logger.setAdditive(false);
        }
    }

    String text() {
        return lines.toString();
    }

    @Override
    public void close() {
        before.forEach((logger, level) -> {
            logger.setLevel(level);
            logger.detachAppender(appender);
            logger.setAdditive(true);
        });
        root.detachAppender(appender);
        appender.stop();
    }
}
