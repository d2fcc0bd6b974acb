package io.gatehouse.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.Transaction;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has the engine read its mappings of SQL once for each kind of database and not once for each context: that was a fourth
 * of the time it takes to start one. The mappings say nothing about where the database is.
 */
public final class SharedMappings extends AbstractProcessEnginePlugin {

    private static final Map<String, Configuration> READ = new ConcurrentHashMap<>();

    private final String database;

    private SharedMappings(String database) {
        this.database = database;
    }

    /** For a context whose database is of this kind. */
    public static void in(ConfigurableApplicationContext context, String database) {
        context.getBeanFactory().registerSingleton("sharedMappings", new SharedMappings(database));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        Configuration read = READ.get(database);
        if (read != null) {
            engine.setSqlSessionFactory(new SessionsOf(read, engine));
        }
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ProcessEngineConfigurationImpl built = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        READ.putIfAbsent(database, built.getSqlSessionFactory().getConfiguration());
    }

    /** Opens sessions as the engine has it done, in the database of one engine and by the mappings of another. */
    private static final class SessionsOf extends DefaultSqlSessionFactory {

        private final Environment environment;

        SessionsOf(Configuration read, ProcessEngineConfigurationImpl engine) {
            super(read);
            this.environment = new Environment("default", new ManagedTransactionFactory(), engine.getDataSource());
        }

        @Override
        public SqlSession openSession() {
            Transaction transaction =
                    environment.getTransactionFactory().newTransaction(environment.getDataSource(), null, false);
            Configuration read = getConfiguration();
            return new DefaultSqlSession(read, read.newExecutor(transaction, read.getDefaultExecutorType()), false);
        }
    }
}
