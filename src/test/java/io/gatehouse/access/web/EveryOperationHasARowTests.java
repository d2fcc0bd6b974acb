package io.gatehouse.access.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.PermissionTableException;
import io.gatehouse.access.Permissions;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Starts an application of nothing but controllers and the table, once the real ones and then with one too many or few. */
@ProcessTest
@OnH2
class EveryOperationHasARowTests {

    private static final String HOLD = "/api/v1/changes/{number}/hold";

    /** In place of each controller; none is called. */
    private static final Object NOBODY = new Object();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping product;

    @Autowired
    private Permissions permissions;

    @Test
    void startsWithTheControllersOfTheProduct() {
        assertThatCode(() -> start(operations -> {})).doesNotThrowAnyException();
    }

    @Test
    void refusesToStartWithAnOperationThatHasNoRow() {
        assertThatThrownBy(() -> start(adding(RequestMethod.POST, "/api/v1/changes/{number}/approval-of-everything")))
                .isInstanceOf(PermissionTableException.class)
                .hasMessage("The permission table has no row for "
                        + "POST /api/v1/changes/{number}/approval-of-everything");
    }

    @Test
    void refusesToStartWithAPageThatHasNoRow() {
        assertThatThrownBy(() -> start(adding(RequestMethod.GET, "/secrets")))
                .hasMessage("The permission table has no row for GET /secrets");
    }

    @Test
    void refusesToStartWithAnotherMethodOfAnOperation() {
        assertThatThrownBy(() -> start(adding(RequestMethod.DELETE, HOLD)))
                .hasMessageEndingWith("no row for DELETE " + HOLD);
    }

    @Test
    void refusesToStartWithARowForNothing() {
        assertThatThrownBy(() -> start(operations -> product.getHandlerMethods().keySet().stream()
                        .filter(mapping -> mapping.getPatternValues().contains(HOLD))
                        .forEach(operations::unregisterMapping)))
                .hasMessageEndingWith("the API does not offer: POST " + HOLD);
    }

    /** Starts an application of the product's operations with a change to them. */
    private void start(Consumer<RequestMappingHandlerMapping> change) {
        RequestMappingHandlerMapping operations = new RequestMappingHandlerMapping() {

            @Override
            protected void initHandlerMethods() {
                product.getHandlerMethods()
                        .forEach((mapping, handler) -> registerMapping(mapping, NOBODY, handler.getMethod()));
                change.accept(this);
            }
        };
        try (GenericWebApplicationContext context = new GenericWebApplicationContext(new MockServletContext())) {
            AnnotationConfigUtils.registerAnnotationConfigProcessors(context);
            context.registerBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class, () -> operations);
            context.registerBean(Permissions.class, () -> permissions);
            context.registerBean(EveryOperationHasARow.class);
            context.refresh();
        }
    }

    private Consumer<RequestMappingHandlerMapping> adding(RequestMethod method, String address) {
        return operations -> {
            try {
                operations.registerMapping(
                        RequestMappingInfo.paths(address)
                                .methods(method)
                                .options(product.getBuilderConfiguration())
                                .build(),
                        this,
                        EveryOperationHasARowTests.class.getDeclaredMethod("answer"));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** What a controller would do. */
    String answer() {
        return "done";
    }
}
