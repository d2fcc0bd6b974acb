package io.gatehouse.testing;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.Query;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What MySQL's driver sends on behalf of the current thread, told by the driver itself: no statement goes past it. */
public final class SentStatements implements QueryInterceptor {

    private static final ThreadLocal<@Nullable List<Sent>> SENT = new ThreadLocal<>();

    /**
     * A statement, and whose it was.
     *
     * @param callers the classes on the way to it, the nearest first
     */
    public record Sent(String sql, List<String> callers) {

        public boolean isBelow(Class<?> caller) {
            return callers.contains(caller.getName());
        }
    }

    /** Runs something in this thread; returns the statements it had sent, in their order. */
    public static List<String> of(Runnable action) {
        return withCallers(action).stream().map(Sent::sql).toList();
    }

    /** The same, with whose they were. */
    public static List<Sent> withCallers(Runnable action) {
        List<Sent> sent = new ArrayList<>();
        SENT.set(sent);
        try {
            action.run();
            return List.copyOf(sent);
        } finally {
            SENT.remove();
        }
    }

    @Override
    public QueryInterceptor init(MysqlConnection connection, Properties properties, Log log) {
        return this;
    }

    @Override
    public <T extends Resultset> @Nullable T preProcess(Supplier<String> sql, @Nullable Query query) {
        List<Sent> sent = SENT.get();
        if (sent != null) {
            sent.add(new Sent(String.valueOf(sql.get()), callers()));
        }
        return null;
    }

    private static List<String> callers() {
        return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> name.startsWith("io.gatehouse."))
                .toList());
    }

    @Override
    public boolean executeTopLevelOnly() {
        return false;
    }

    @Override
    public void destroy() {
        // Holds nothing.
    }

    @Override
    public <T extends Resultset> @Nullable T postProcess(
            Supplier<String> sql, @Nullable Query query, @Nullable T result, ServerSession session) {
        return null;
    }
}
