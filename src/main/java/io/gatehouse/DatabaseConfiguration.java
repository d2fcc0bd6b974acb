package io.gatehouse;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.relational.RelationalManagedTypes;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** How aggregates are written so that H2 and MySQL hold the same: plain identifiers, moments as UTC. */
@Configuration
class DatabaseConfiguration extends AbstractJdbcConfiguration {

    @Bean
    static PooledConnections.InPlaceOfThePool pooledConnections() {
        return new PooledConnections.InPlaceOfThePool();
    }

    @Bean
    PooledConnections.Transactions transactionManager(DataSource connections) throws SQLException {
        return new PooledConnections.Transactions(connections);
    }

    /** Executes a single row as what it is, of which MySQL's driver makes a statement that is prepared each time. */
    @Bean
    JdbcTemplate jdbcTemplate(DataSource connections) {
        return new JdbcTemplate(connections) {

            @Override
            public int[] batchUpdate(String sql, List<Object[]> rows) {
                return rows.size() == 1 ? new int[] {update(sql, rows.get(0))} : super.batchUpdate(sql, rows);
            }
        };
    }

    @Override
    protected List<?> userConverters() {
        return List.of(InstantToUtc.INSTANCE, UtcToInstant.INSTANCE, TimestampToInstant.INSTANCE);
    }

    /** Unquoted, because quoted names are case-sensitive on one database and not on the other. */
    @Override
    public JdbcMappingContext jdbcMappingContext(
            Optional<NamingStrategy> namingStrategy,
            JdbcCustomConversions conversions,
            RelationalManagedTypes managedTypes) {
        JdbcMappingContext context = super.jdbcMappingContext(namingStrategy, conversions, managedTypes);
        context.setForceQuote(false);
        return context;
    }

    @Override
    protected Set<Class<?>> getInitialEntitySet() {
        return Set.of();
    }

    @WritingConverter
    enum InstantToUtc implements Converter<Instant, LocalDateTime> {
        INSTANCE;

        @Override
        public LocalDateTime convert(Instant moment) {
            return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        }
    }

    @ReadingConverter
    enum UtcToInstant implements Converter<LocalDateTime, Instant> {
        INSTANCE;

        @Override
        public Instant convert(LocalDateTime column) {
            return column.toInstant(ZoneOffset.UTC);
        }
    }

    /** H2 hands out columns as timestamps in the zone of the JVM; only their wall-clock reading is meant. */
    @ReadingConverter
    enum TimestampToInstant implements Converter<Timestamp, Instant> {
        INSTANCE;

        @Override
        public Instant convert(Timestamp column) {
            return column.toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
    }
}
