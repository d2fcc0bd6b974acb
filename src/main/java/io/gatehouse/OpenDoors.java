package io.gatehouse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Settings that would leave a door open: some anywhere, more of them in the profile {@code production}. */
final class OpenDoors {

    private static final Set<String> WELL_KNOWN =
            Set.of("password", "secret", "changeme", "change-me", "gatehouse", "admin", "root", "test", "mysql");

    /** A setting, what it is not allowed to be, and why. */
    private record Rule(String setting, String forbidden, String why) {

        boolean isBroken(Environment settings) {
            return forbidden.equalsIgnoreCase(value(settings, setting));
        }

        String line() {
            return setting + "=" + forbidden + " " + why;
        }
    }

    private static final List<Rule> ANYWHERE = List.of(
            new Rule("camunda.bpm.authorization.enabled", "false", "would let everybody do everything; remove it."),
            new Rule("spring.h2.console.enabled", "true", "would open the database to everybody; remove it."),
            new Rule(
                    "camunda.bpm.generic-properties.properties.enable-expressions-in-stored-queries",
                    "true",
                    "would run what is written in filters; remove it."),
            new Rule(
                    "camunda.bpm.generic-properties.properties.enable-expressions-in-adhoc-queries",
                    "true",
                    "would run what is written in queries; remove it."),
            new Rule(
                    "camunda.bpm.generic-properties.properties.java-serialization-format-enabled",
                    "true",
                    "would run what is hidden in variables; remove it."),
            new Rule("server.error.include-stacktrace", "always", "would tell strangers how it is built; remove it."));

    private OpenDoors() {}

    static String trouble(Environment settings) {
        for (Rule rule : ANYWHERE) {
            if (rule.isBroken(settings)) {
                return rule.line();
            }
        }
        if (!value(settings, "camunda.bpm.admin-user.id").isEmpty()) {
            return "camunda.bpm.admin-user would be an administrator whose password is in a file; remove it.";
        }
        String isolation = value(settings, "spring.datasource.hikari.transaction-isolation");
        if (!isolation.isEmpty() && !isolation.equals("TRANSACTION_READ_COMMITTED")) {
            return "spring.datasource.hikari.transaction-isolation must be TRANSACTION_READ_COMMITTED, or who waits for a "
                    + "lock decides by what was there before; remove it.";
        }
        if (exposed(settings)) {
            return "management.endpoints.web.exposure.include may be 'health' only while management.server.port is the "
                    + "port that everybody reaches; the profile 'management' brings a port of its own.";
        }
        return settings.acceptsProfiles(Profiles.of("production")) ? inProduction(settings) : "";
    }

    private static String inProduction(Environment settings) {
        if (settings.acceptsProfiles(Profiles.of("sample"))) {
            return "the profiles 'sample' and 'production' exclude each other; the sample people's passwords are public.";
        }
        if (!value(settings, "spring.datasource.url").startsWith("jdbc:mysql:")) {
            return "the profile 'production' needs MySQL; set GATEHOUSE_DB_URL, see README.md.";
        }
        String password = value(settings, "spring.datasource.password");
        if (password.isBlank() || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT))) {
            return "the password of the database is missing or can be guessed; set GATEHOUSE_DB_PASSWORD.";
        }
        if ("root".equalsIgnoreCase(value(settings, "spring.datasource.username"))) {
            return "Gatehouse must not be root in its database; set GATEHOUSE_DB_USER to a user of its own.";
        }
        return "";
    }

    private static boolean exposed(Environment settings) {
        String port = value(settings, "management.server.port");
        // Two zeros are two free ports, and so two.
        boolean shared = port.isEmpty() || !port.equals("0") && port.equals(value(settings, "server.port"));
        String exposed = value(settings, "management.endpoints.web.exposure.include");
        return shared && !exposed.isEmpty() && !"health".equals(exposed.strip());
    }

    private static String value(Environment settings, String name) {
        return settings.getProperty(name, "");
    }
}
