package io.gatehouse.api.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application of nothing but the conventions and one resource that keeps them. */
@TestConfiguration
class ApiTestApplication {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({ApiConfiguration.class, ApiWebConfiguration.class, ApiProblemAdvice.class, Things.class})
    static class Application {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, SecurityProblems problems) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                    .exceptionHandling(failures ->
                            failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                    .csrf(AbstractHttpConfigurer::disable)
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("rita").password("secret").build(),
                    User.withUsername("theo").password("secret").build());
        }

        /** Not the default, which takes a tenth of a second for whoever does not exist. */
        @Bean
        @SuppressWarnings("deprecation")
        PasswordEncoder passwords() {
            return NoOpPasswordEncoder.getInstance();
        }
    }

    enum Colour {
        RED,
        GREEN
    }

    record Part(@NotBlank String name) {}

    record NewThing(
            @NotBlank @Size(max = 100) String name,
            int count,
            @Nullable Colour colour,
            @Nullable Instant at,
            @Nullable @Valid List<Part> parts,
            @Nullable JsonNode anything) {}

    @RestController
    @RequestMapping("/api/v1/things")
    static class Things {

        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;

        Things(JdbcClient jdbc, TransactionTemplate transaction) {
            this.jdbc = jdbc;
            this.transaction = transaction;
            jdbc.sql("create table if not exists thing (id bigint auto_increment primary key, name varchar(100))")
                    .update();
        }

        @PostMapping
        ResponseEntity<Map<String, Object>> create(@RequestBody @Valid NewThing thing) {
            jdbc.sql("insert into thing (name) values (?)").param(thing.name()).update();
            if (thing.name().startsWith("refused")) {
                throw ProblemException.conflict("thing-refused", "Thing refused", "Choose another name.");
            }
            if (thing.name().startsWith("lost")) {
                transaction.executeWithoutResult(TransactionExecution::setRollbackOnly);
            }
            long number =
                    jdbc.sql("select count(*) from thing").query(Long.class).single();
            return ResponseEntity.created(URI.create("/api/v1/things/" + number))
                    .eTag("0")
                    .body(Map.of("name", thing.name(), "number", number));
        }

        @GetMapping
        Page<String> list(PageQuery page, @RequestParam(required = false) @Nullable Colour colour) {
            return new Page<>(List.of("limit " + page.limit() + " " + colour), null);
        }

        @PutMapping("/{number}")
        ResponseEntity<Void> update(@PathVariable long number, Precondition precondition) {
            precondition.check(3);
            return ResponseEntity.noContent().eTag("4").build();
        }

        @GetMapping("/failures/{kind}")
        void fail(@PathVariable String kind) throws Exception {
            throw switch (kind) {
                case "optimistic" -> new OptimisticLockingFailureException("secret table");
                case "engine" -> new org.camunda.bpm.engine.OptimisticLockingException("secret table");
                case "lock" -> new CannotAcquireLockException("secret table");
                case "deadlock" -> new IllegalStateException(new SQLException("secret table", "40001"));
                case "denied" -> new AccessDeniedException("secret rule");
                default -> new IllegalStateException("secret table");
            };
        }
    }

    static Set<String> leaks() {
        return Set.of("secret", "io.gatehouse", "springframework", "jackson", "Exception", "tomcat", "Tomcat", "<html");
    }
}
