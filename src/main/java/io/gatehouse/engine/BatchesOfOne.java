package io.gatehouse.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Plugin;
import org.apache.ibatis.plugin.Signature;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine's batches of a single row executed as what they are. The engine inserts in batches, most of which are of
 * one row; MySQL's driver writes a batch as a statement of its own and asks the server to prepare that one anew each time,
 * because the one that it has prepared is in use by the batch.
 */
@Intercepts(
        @Signature(
                type = StatementHandler.class,
                method = "prepare",
                args = {Connection.class, Integer.class}))
final class BatchesOfOne implements Interceptor {

    static void install(ProcessEngineConfigurationImpl engine) {
        engine.getSqlSessionFactory().getConfiguration().addInterceptor(new BatchesOfOne());
    }

    @Override
    public Object intercept(Invocation invocation) throws Throwable {
        return insert((PreparedStatement) Objects.requireNonNull(invocation.proceed()));
    }

    @Override
    public Object plugin(Object target) {
        return target instanceof StatementHandler handler && isInsert(handler) ? Plugin.wrap(target, this) : target;
    }

    private static boolean isInsert(StatementHandler handler) {
        String sql = handler.getBoundSql().getSql().stripLeading();
        return sql.regionMatches(true, 0, "insert", 0, "insert".length());
    }

    static PreparedStatement insert(PreparedStatement statement) {
        Rows rows = new Rows(statement);
        return (PreparedStatement) Proxy.newProxyInstance(
                BatchesOfOne.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> rows.call(method, arguments));
    }

    /** Keeps the last row back until it is known whether another one follows. */
    private static final class Rows {

        private final PreparedStatement statement;
        private boolean keptBack;
        private boolean several;

        Rows(PreparedStatement statement) {
            this.statement = statement;
        }

        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "addBatch" -> {
                    letGo();
                    keptBack = true;
                    return null;
                }
                case "executeBatch" -> {
                    if (keptBack && !several) {
                        keptBack = false;
                        return one();
                    }
                    letGo();
                    several = false;
                }
                default -> {
                    if (setsParameter(method)) {
                        letGo();
                    }
                }
            }
            try {
                return method.invoke(statement, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
            }
        }

        private static boolean setsParameter(Method method) {
            return method.getName().startsWith("set") && method.getParameterCount() > 1;
        }

        private void letGo() throws SQLException {
            if (keptBack) {
                keptBack = false;
                several = true;
                statement.addBatch();
            }
        }

        /** Fails as a batch does, which is what the engine expects. */
        private int[] one() throws SQLException {
            try {
                return new int[] {statement.executeUpdate()};
            } catch (SQLException refused) {
                throw new BatchUpdateException(
                        refused.getMessage(), refused.getSQLState(), refused.getErrorCode(), new int[0], refused);
            }
        }
    }
}
