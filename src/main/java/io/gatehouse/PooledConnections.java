package io.gatehouse;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * The pool as everybody sees it. Its connections do not commit by themselves, so that MySQL need not be told so at the
 * beginning of each transaction and the opposite at its end, which is two round trips of three. Whoever takes one outside
 * a transaction gets one that commits each statement, as from any other pool.
 */
final class PooledConnections extends DelegatingDataSource {

    private final ThreadLocal<Boolean> beginning = ThreadLocal.withInitial(() -> false);

    private PooledConnections(DataSource pool) {
        super(pool);
    }

    /** Here and not in the settings, which also reach pools that nothing stands before: they would commit nothing. */
    static PooledConnections inPlaceOf(HikariDataSource pool) {
        pool.setAutoCommit(false);
        return new PooledConnections(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return beginning.get() ? connection : committing(connection);
    }

    private static Connection committing(Connection connection) throws SQLException {
        try {
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The first to stand before the pool, which would otherwise be asked by whoever is handed it. */
    static final class InPlaceOfThePool implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof HikariDataSource pool ? inPlaceOf(pool) : bean;
        }
    }

    /** Begins transactions on connections as they lie in the pool. */
    static final class Transactions extends JdbcTransactionManager {

        private static final long serialVersionUID = 1;

        private final transient PooledConnections pool;

        /** @param connections the pool, or what stands before it */
        Transactions(DataSource connections) throws SQLException {
            super(connections);
            this.pool = connections.unwrap(PooledConnections.class);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            pool.beginning.set(true);
            try {
                super.doBegin(transaction, definition);
            } finally {
                pool.beginning.remove();
            }
        }
    }
}
