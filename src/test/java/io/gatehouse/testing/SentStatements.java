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

    private static final ThreadLocal<@Nullable List<String>> SENT = new ThreadLocal<>();

    /** Runs something in this thread; returns the statements it had sent, in their order. */
    public static List<String> of(Runnable action) {
        List<String> sent = new ArrayList<>();
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
        List<String> sent = SENT.get();
        if (sent != null) {
            sent.add(String.valueOf(sql.get()));
        }
        return null;
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
