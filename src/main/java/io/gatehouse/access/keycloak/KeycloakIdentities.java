package io.gatehouse.access.keycloak;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.extension.keycloak.KeycloakConfiguration;
import org.camunda.bpm.extension.keycloak.KeycloakIdentityProviderFactory;
import org.camunda.bpm.extension.keycloak.cache.QueryCache;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Gives the engine people and groups from Keycloak, to read. Asks nothing while the engine starts, so that an absent
 * Keycloak keeps nobody from starting; for that no group of administrators is named either, and there shall be none.
 */
@Component
@Profile("keycloak")
class KeycloakIdentities extends AbstractProcessEnginePlugin {

    private static final int MOST_ROWS = 500;
    private static final int MOST_REMEMBERED = 5_000;

    private final KeycloakProperties keycloak;
    private final Clock clock;

    KeycloakIdentities(KeycloakProperties keycloak, Clock clock) {
        this.keycloak = keycloak;
        this.clock = clock;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setIdentityProviderSessionFactory(new Lookups());
    }

    /** To the engine, members of these are above all authorizations. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        engine.getAdminGroups().clear();
        engine.getAdminUsers().clear();
    }

    private KeycloakConfiguration settings() {
        KeycloakConfiguration settings = new KeycloakConfiguration();
        settings.setKeycloakIssuerUrl(keycloak.issuer().toString());
        settings.setKeycloakAdminUrl(keycloak.administration().toString());
        settings.setClientId(keycloak.identityClientId());
        settings.setClientSecret(keycloak.identitySecret());
        settings.setUseUsernameAsCamundaUserId(true);
        settings.setUseGroupPathAsCamundaGroupId(true);
        settings.setMaxResultSize(MOST_ROWS);
        return settings;
    }

    private final class Lookups extends KeycloakIdentityProviderFactory {

        Lookups() {
            super(settings(), List.of(new LookupGuard(keycloak)));
            restTemplate.setRequestFactory(KeycloakRequests.factory());
            // Half the time: the web applications keep what they were told for a while, too.
            setUserQueryCache(new ShortCache<>(keycloak.believedFor().dividedBy(2), clock));
            setGroupQueryCache(new ShortCache<>(keycloak.believedFor().dividedBy(2), clock));
        }
    }

    private static final class ShortCache<K, V> implements QueryCache<K, V> {

        private final Cache<K, V> entries;

        ShortCache(Duration kept, Clock clock) {
            entries = Caffeine.newBuilder()
                    .expireAfterWrite(kept)
                    .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                    .maximumSize(MOST_REMEMBERED)
                    .build();
        }

        @Override
        public V getOrCompute(K query, Function<K, V> lookup) {
            return entries.get(query, lookup);
        }

        @Override
        public void clear() {
            entries.invalidateAll();
        }
    }
}
