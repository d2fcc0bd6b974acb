package io.gatehouse.rollout.connector;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.gatehouse.api.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.stereotype.Component;
import org.springframework.util.ObjectUtils;

/** The connectors that stand in the settings. What is written there and could not work keeps Gatehouse from starting. */
@Component
class ConfiguredConnectors implements ConnectorSource {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("gatehouse.connectors");
    private static final int NAME = 2;
    private static final int KIND = 3;
    private static final int SETTING = 4;

    private final List<ConnectorKind<?>> kinds;
    private final Binder binder;
    private final List<Connector> connectors;

    /** @throws StartRefused naming the property and what to write */
    ConfiguredConnectors(List<ConnectorKind<?>> kinds, Environment environment) {
        this.kinds = kinds.stream().sorted(comparing(ConnectorKind::name)).toList();
        this.binder = Binder.get(environment);
        this.connectors = written(environment).entrySet().stream()
                .map(place -> connector(place.getKey(), place.getValue()))
                .toList();
    }

    @Override
    public List<Connector> connectors() {
        return connectors;
    }

    /** Where connectors are written, down to their kind. */
    private SortedMap<ConfigurationPropertyName, ConnectorKind<?>> written(Environment environment) {
        SortedMap<ConfigurationPropertyName, ConnectorKind<?>> places = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            // A variable of the environment may be another setting with its dashes lost, or belong to somebody else.
            boolean certain = !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
            if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream().filter(ROOT::isAncestorOf).forEach(property -> kind(property, certain)
                        .ifPresent(kind -> places.put(property.chop(SETTING), kind)));
            }
        }
        return places;
    }

    private Optional<ConnectorKind<?>> kind(ConfigurationPropertyName property, boolean certain) {
        String written = property.getNumberOfElements() > KIND ? property.getElement(KIND, Form.UNIFORM) : "";
        Optional<ConnectorKind<?>> kind = kinds.stream()
                .filter(one -> one.name().replace("-", "").equals(written))
                .findFirst();
        if (kind.isEmpty() && certain) {
            throw refused(
                    property.chop(SETTING),
                    "name the connector and then its kind, one of "
                            + kinds.stream().map(ConnectorKind::name).collect(joining(", ")));
        }
        if (kind.isPresent() && certain && property.getNumberOfElements() > SETTING) {
            setting(kind.get().settings(), property, SETTING);
        }
        return kind;
    }

    /** The setting that a property is, or is a part of. */
    private static Setting setting(Class<?> settings, ConfigurationPropertyName property, int at) {
        List<Setting> all = Setting.of(settings);
        Setting setting = all.stream()
                .filter(one -> one.isNamed(property.getElement(at, Form.UNIFORM)))
                .findFirst()
                .orElseThrow(() -> refused(
                        property,
                        "there is no such setting; write one of "
                                + all.stream().map(Setting::name).collect(joining(", "))));
        Class<?> type = setting.type().toClass();
        return type.isRecord() && property.getNumberOfElements() > at + 1 ? setting(type, property, at + 1) : setting;
    }

    private <S extends Record> Connector connector(ConfigurationPropertyName place, ConnectorKind<S> kind) {
        try {
            Setting.of(kind.settings()).stream().filter(Setting::required).forEach(setting -> demand(place, setting));
            S settings = binder.bind(place, Bindable.of(kind.settings())).get();
            return kind.connect().apply(place.getElement(NAME, Form.ORIGINAL), settings);
        } catch (BindException wrong) {
            throw refused(wrong, kind);
        } catch (IllegalArgumentException wrong) {
            throw refused(place, wrong);
        }
    }

    private void demand(ConfigurationPropertyName place, Setting setting) {
        ConfigurationPropertyName property = place.append(setting.name());
        Object given = binder.bind(property, Bindable.of(setting.type())).orElse("");
        if (ObjectUtils.isEmpty(given instanceof String text ? text.strip() : given)) {
            throw refused(property, "it is missing" + setting.advice());
        }
    }

    private static StartRefused refused(BindException wrong, ConnectorKind<?> kind) {
        if (wrong.getCause() instanceof ConversionFailedException failed) {
            Setting setting = setting(kind.settings(), wrong.getName(), SETTING);
            return refused(wrong.getName(), "'" + failed.getValue() + "' does not fit" + setting.advice());
        }
        return refused(wrong.getName(), NestedExceptionUtils.getMostSpecificCause(wrong));
    }

    private static StartRefused refused(ConfigurationPropertyName place, Throwable wrong) {
        return wrong instanceof InvalidSetting
                ? new StartRefused(place + "." + wrong.getMessage())
                : refused(place, String.valueOf(wrong.getMessage()));
    }

    private static StartRefused refused(ConfigurationPropertyName property, String reason) {
        return new StartRefused(property + ": " + reason);
    }
}
