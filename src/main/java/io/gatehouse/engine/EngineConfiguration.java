package io.gatehouse.engine;

import io.gatehouse.access.CurrentPerson;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Closes what a stock engine leaves open and puts our doors in front of the rest. */
@Configuration
class EngineConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ProcessEnginePlugin gatehouseEngine(
            ApplicationContext context, TaskDoor door, ToolTaskListeners tools, CurrentPerson currentPerson) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                EngineTables.createOnMySql(context.getBean(DataSource.class));
                engine.setExpressionManager(new ModelExpressions(context));
                engine.setScriptEngineResolver(new NoScripts());
                engine.setEnableExpressionsInAdhocQueries(false);
                engine.setEnableExpressionsInStoredQueries(false);
                engine.setJavaSerializationFormatEnabled(false);
                engine.setDeserializationTypeValidationEnabled(true);
                // The Tasklist asks for 2000 filters at once.
                engine.setQueryMaxResultsLimit(2000);
                // Roles are written with hyphens and people with dots, which the stock pattern refuses.
                engine.setGeneralResourceWhitelistPattern("[a-zA-Z0-9._-]+");
                engine.setStandaloneTasksEnabled(false);
                // Every refusal would be an error with a stack trace; callers log what is one.
                engine.setEnableCmdExceptionLogging(false);
                engine.setCmmnEnabled(false);
                engine.setDmnEngineConfiguration(reporting());
                engine.setResourceAuthorizationProvider(new TaskGrants());
                engine.setCustomHistoryLevels(List.of(new HistoryOfSteps()));
                KnownAnswers.install(engine);
                listeners(engine).add(new TaskDoorParseListener(door));
                listeners(engine).add(new ReminderParseListener());
                listeners(engine).add(new ToolTaskParseListener(tools));
                if (engine instanceof SpringTransactionsProcessEngineConfiguration deploying) {
                    ShippedModelsDeployment.prepare(deploying);
                }
                engine.setCustomPreCommandInterceptorsTxRequired(doors());
                engine.setCustomPreCommandInterceptorsTxRequiresNew(doors());
            }

            @Override
            public void postInit(ProcessEngineConfigurationImpl engine) {
                WholeDefinitions.install(engine);
                BatchesOfOne.install(engine);
                IdleWaits.shorten(engine.getJobExecutor());
            }

            /** Each chain links its interceptors together, so each needs its own. */
            private List<CommandInterceptor> doors() {
                return List.of(
                        new RefusalsSurface(currentPerson),
                        new NoOperatorActions(() -> context.getBean(RefusedOperators.class)));
            }
        };
    }

    private static DefaultDmnEngineConfiguration reporting() {
        DefaultDmnEngineConfiguration decisions = new DefaultDmnEngineConfiguration();
        decisions.getCustomPostDecisionTableEvaluationListeners().add(DecisionTables.reporter());
        decisions.setFeelEngineFactory(() -> new RememberedFeel(new ScalaFeelEngineFactory().createInstance()));
        return decisions;
    }

    private static List<BpmnParseListener> listeners(ProcessEngineConfigurationImpl engine) {
        if (engine.getCustomPostBPMNParseListeners() == null) {
            engine.setCustomPostBPMNParseListeners(new ArrayList<>());
        }
        return engine.getCustomPostBPMNParseListeners();
    }
}
