package io.gatehouse.rollout;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets the node that a test's thread plays die. From then on nothing that the thread does reaches the database, so that
 * no handler of errors can tidy up what a process that is gone would have left.
 */
@TestComponent
class MortalNode implements SmartInitializingSingleton {

    /** No exception, which somebody might catch and repair. */
    static final class Death extends Error {

        private static final long serialVersionUID = 1L;

        Death() {
            super("The node has died", null, false, false);
        }
    }

    enum Moment {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private record Doom(Moment moment, String statement) {}

    private static final ThreadLocal<@Nullable Doom> DOOM = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable Boolean> DEAD = new ThreadLocal<>();

    private final DelegatingDataSource connections;

    MortalNode(DataSource connections) {
        this.connections = (DelegatingDataSource) connections;
    }

    /** Dies at the next commit of something that was changed by a statement that contains this. */
    void dieAt(Moment moment, String statement) {
        DOOM.set(new Doom(moment, statement));
    }

    Death die() {
        DOOM.remove();
        DEAD.set(true);
        return new Death();
    }

    /** The thread is another node from now on; false if the last one is still alive, which then never meets its end. */
    boolean replace() {
        boolean died = DEAD.get() != null;
        DOOM.remove();
        DEAD.remove();
        return died;
    }

    /** Below what everybody has, so that nobody gets past it. */
    @Override
    public void afterSingletonsInstantiated() {
        connections.setTargetDataSource(new Watched(Objects.requireNonNull(connections.getTargetDataSource())));
    }

    private final class Watched extends DelegatingDataSource {

        Watched(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            requireLife();
            return proxy(Connection.class, new Session(super.getConnection())::answer);
        }
    }

    /** One connection, and what was said on it since the last commit. */
    private final class Session {

        private final Connection connection;
        private final List<String> said = new ArrayList<>();

        Session(Connection connection) {
            this.connection = connection;
        }

        @Nullable
        Object answer(Method method, @Nullable Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "commit" -> commit(method, arguments);
                case "prepareStatement" -> prepare(method, arguments);
                case "createStatement", "prepareCall" -> {
                    requireLife();
                    yield invoke(connection, method, arguments);
                }
                default -> invoke(connection, method, arguments);
            };
        }

        private @Nullable Object prepare(Method method, @Nullable Object[] arguments) throws Throwable {
            requireLife();
            String statement = String.valueOf(arguments[0]);
            Object prepared = invoke(connection, method, arguments);
            if (DOOM.get() == null || !connection.getAutoCommit()) {
                said.add(statement);
                return prepared;
            }
            return proxy(PreparedStatement.class, (called, values) -> {
                boolean commits = called.getName().startsWith("executeUpdate");
                dieIf(commits && isDoomed(Moment.BEFORE_COMMIT, List.of(statement)));
                Object result = invoke(prepared, called, values);
                dieIf(commits && isDoomed(Moment.AFTER_COMMIT, List.of(statement)));
                return result;
            });
        }

        private @Nullable Object commit(Method method, @Nullable Object[] arguments) throws Throwable {
            requireLife();
            dieIf(isDoomed(Moment.BEFORE_COMMIT, said));
            Object result = invoke(connection, method, arguments);
            dieIf(isDoomed(Moment.AFTER_COMMIT, said));
            said.clear();
            return result;
        }
    }

    private static boolean isDoomed(Moment moment, List<String> said) {
        Doom doom = DOOM.get();
        return doom != null
                && doom.moment() == moment
                && said.stream().anyMatch(statement -> statement.contains(doom.statement()));
    }

    private void dieIf(boolean doomed) {
        if (doomed) {
            throw die();
        }
    }

    private static void requireLife() {
        if (DEAD.get() != null) {
            throw new Death();
        }
    }

    private interface Answers {
        @Nullable
        Object answer(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.answer(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
