package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** No variable brings an object along, and no query fetches everything. */
@OnH2
@ProcessTest
class VariablesTests {

    @Autowired
    private ProcessEngine engine;

    @Test
    void refusesAnObjectSerialisedByJava() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("harmless, but a beginning")));
        }
        refuses(Variables.serializedObjectValue(Base64.getEncoder().encodeToString(bytes.toByteArray()))
                .serializationDataFormat(Variables.SerializationDataFormats.JAVA)
                .objectTypeName("java.util.ArrayList")
                .create());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javax.naming.ldap.Rdn",
                "com.sun.rowset.JdbcRowSetImpl",
                "org.springframework.context.support.ClassPathXmlApplicationContext",
                "java.net.URL",
                "java.util.ArrayList<javax.naming.ldap.Rdn>",
                "io.gatehouse.engine.TaskDoor"
            })
    void refusesTypedJson(String type) {
        refuses(Variables.serializedObjectValue("{\"dataSourceName\":\"ldap://127.0.0.1:1/x\",\"autoCommit\":true}")
                .serializationDataFormat("application/json")
                .objectTypeName(type)
                .create());
    }

    /** Refused when it is written, or at the latest when it is read: no object ever comes out of it. */
    private void refuses(TypedValue value) {
        Throwable refusal = catchThrowable(() -> engine.getRuntimeService()
                .startProcessInstanceByKey("NormalChange", "VARIABLES", Map.<String, Object>of("payload", value)));

        assertThat(refusal).isInstanceOf(ProcessEngineException.class);
        assertThat(engine.getRuntimeService()
                        .createVariableInstanceQuery()
                        .variableName("payload")
                        .disableCustomObjectDeserialization()
                        .count())
                .isZero();
    }

    @Test
    void whoIsSignedInFetchesNoMoreThanTheLimitAllows() {
        engine.getIdentityService().setAuthentication("rita", List.of());
        try {
            assertThatThrownBy(() -> engine.getTaskService().createTaskQuery().list())
                    .isInstanceOf(BadUserRequestException.class)
                    .hasMessageContaining("unbound");
            assertThatThrownBy(() -> engine.getTaskService().createTaskQuery().listPage(0, 2001))
                    .isInstanceOf(BadUserRequestException.class);
            assertThat(engine.getTaskService().createTaskQuery().listPage(0, 10))
                    .hasSizeLessThanOrEqualTo(10);
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }
}
