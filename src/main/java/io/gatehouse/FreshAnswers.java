package io.gatehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/**
 * Has the embedded database answer every query from its tables. By itself it gives a connection its last answer again as
 * long as nobody has written, and hears of another's commit only after that has let go of its locks: who waited for such
 * a lock would decide by what was there before.
 */
@Component
class FreshAnswers implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
                statement.execute("set optimize_reuse_results 0");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database would answer from memory", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "fresh answers";
    }
}
