package io.gatehouse.testing;

import org.springframework.beans.BeanUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;

/** Prints what a test that failed asked and was answered, by Spring Boot's own listener, which only its defaults may name. */
class PrintsOfMockMvc extends AbstractTestExecutionListener {

    private final AbstractTestExecutionListener boots =
            (AbstractTestExecutionListener) BeanUtils.instantiateClass(ClassUtils.resolveClassName(
                    "org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrintOnlyOnFailureTestExecutionListener",
                    null));

    @Override
    public void afterTestMethod(TestContext test) throws Exception {
        boots.afterTestMethod(test);
    }
}
