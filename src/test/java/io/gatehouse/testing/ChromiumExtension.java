package io.gatehouse.testing;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Opens one browser for the whole run, closes it after the last test and tells with a failure what it saw. */
final class ChromiumExtension
        implements TestInstancePreConstructCallback,
                ParameterResolver,
                BeforeEachCallback,
                TestExecutionExceptionHandler {

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        browser(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ChromiumBrowser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser(context).log().forget();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(browser(context).log().told());
        throw failure;
    }

    private static ChromiumBrowser browser(ExtensionContext context) {
        OfRun ofRun = context.getRoot()
                .getStore(Namespace.create(ChromiumExtension.class))
                .getOrComputeIfAbsent(OfRun.class);
        return MissingResources.require(context, ofRun.browser::get);
    }

    /** The run's browser, opened when first asked for. */
    static final class OfRun implements ExtensionContext.Store.CloseableResource {

        private final Once<ChromiumBrowser> browser = new Once<>(ChromiumBrowser::open);

        @Override
        public void close() {
            browser.ifFound(ChromiumBrowser::close);
        }
    }
}
