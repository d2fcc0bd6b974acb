package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.StartRefused;
import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.secret.StoredSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.type.filter.RegexPatternTypeFilter;

/** What operators write about connectors, for every kind there is. */
class ConfiguredConnectorsTests {

    private static final String CI = "gatehouse.connectors.ci.";

    private static final List<String> HOSTS = List.of(
            "api.github.com:443",
            "argocd.example.com:443",
            "awx.example.com:443",
            "ci.example.com:443",
            "cluster.example.com:6443",
            "dev.azure.com:443",
            "gate.example.com:443",
            "gitlab.example.com:443",
            "jenkins.example.com:443",
            "prometheus.example.com:443",
            "shop.example.com:443");

    private static final List<ConnectorKind<?>> KINDS = allKinds();

    /** What some kinds need besides, because of the value of another setting. */
    private static final Map<String, String> BESIDES = Map.ofEntries(
            Map.entry("argocd.parameters.revision", "[0-9a-f]{40}"),
            Map.entry("github.workflow", "deploy.yml"),
            Map.entry("github.ref", "main"),
            Map.entry("kubernetes.container", "web"),
            Map.entry("kubernetes.parameters.IMAGE", ".*"),
            Map.entry("health.version-pointer", "/version"),
            Map.entry("health.parameters.version", ".*"),
            Map.entry("prometheus.at-most", "1"),
            Map.entry("prometheus.parameters.version", ".*"),
            Map.entry("canary.parameters.version", ".*"));

    private static List<ConnectorKind<?>> allKinds() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("hosts", Map.of("gatehouse.outbound.hosts", HOSTS)));
            context.registerBean(Clock.class, Clock::systemUTC);
            context.registerBean(RolloutProperties.class, () -> Binder.get(context.getEnvironment())
                    .bindOrCreate("gatehouse.rollout", RolloutProperties.class));
            context.registerBean(
                    StoredSecrets.class, () -> Mockito.mock(StoredSecrets.class, Mockito.CALLS_REAL_METHODS));
            ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, false);
            scanner.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile(
                    "io\\.gatehouse\\.rollout\\.(http\\.ToolApis|(?!connector\\.)\\w+\\.\\w+Connectors)")));
            scanner.scan("io.gatehouse.rollout");
            context.refresh();
            return context.<ConnectorKind<?>>getBeanProvider(ResolvableType.forRawClass(ConnectorKind.class)).stream()
                    .toList();
        }
    }

    static Stream<String> kinds() {
        return KINDS.stream().map(ConnectorKind::name);
    }

    static Stream<String> required() {
        return KINDS.stream().flatMap(kind -> Setting.of(kind.settings()).stream()
                .filter(Setting::required)
                .map(setting -> kind.name() + "." + setting.name()));
    }

    private static List<Setting> settings(String kind) {
        return KINDS.stream()
                .filter(one -> one.name().equals(kind))
                .flatMap(one -> Setting.of(one.settings()).stream())
                .toList();
    }

    /** No more than a kind needs, below the name of the connector. */
    private static Map<String, Object> examples(String kind) {
        Map<String, Object> written = new HashMap<>();
        settings(kind).stream()
                .filter(Setting::required)
                .forEach(setting -> written.put(kind + "." + setting.name(), setting.example()));
        BESIDES.forEach((setting, value) -> {
            if (setting.startsWith(kind + ".")) {
                written.put(setting, value);
            }
        });
        return written;
    }

    private static List<Connector> read(Map<String, Object> written) {
        Map<String, Object> properties = new HashMap<>();
        written.forEach((setting, value) -> properties.put(CI + setting, value));
        return read(new MapPropertySource("written", properties));
    }

    private static List<Connector> read(PropertySource<?> source) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(source);
        return new ConfiguredConnectors(KINDS, environment).connectors();
    }

    private static void assertThatRefused(Map<String, Object> written, String beginning) {
        assertThatThrownBy(() -> read(written))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(CI + beginning)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExamplesMakeAConnector(String kind) {
        assertThat(read(examples(kind))).singleElement().satisfies(connector -> {
            assertThat(connector.name()).isEqualTo("ci");
            assertThat(connector.kind()).isEqualTo(kind);
        });
    }

    @ParameterizedTest
    @MethodSource("required")
    void aMissingSettingIsNamedWithAnExample(String setting) {
        String kind = setting.substring(0, setting.indexOf('.'));
        Map<String, Object> written = examples(kind);
        Object example = written.put(setting, "");
        assertThatThrownBy(() -> read(written))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(CI + setting + ": ")
                .hasMessageEndingWith("; write it as " + example);

        written.remove(setting);
        written.put(kind + ".parameters.ANY", ".*");
        assertThatRefused(written, setting + ": it is missing; write it as " + example);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPatternThatIsNoneIsNamed(String kind) {
        Map<String, Object> written = examples(kind);
        String parameter = written.keySet().stream()
                .filter(setting -> setting.startsWith(kind + ".parameters."))
                .findFirst()
                .orElse(kind + ".parameters.VERSION");
        written.put(parameter, "[0-9");

        assertThatRefused(
                written,
                parameter + ": '[0-9' is no regular expression (Unclosed character class); write it as [0-9.]+");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anUnknownSettingIsNamedWithThoseThatThereAre(String kind) {
        Map<String, Object> written = examples(kind);
        written.put(kind + ".job-x", "payments");

        assertThatRefused(
                written,
                kind + ".job-x: there is no such setting; write one of "
                        + settings(kind).stream().map(Setting::name).collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "argocd.action | delete | argocd.action: 'delete' does not fit; write it as SYNC or ROLLBACK",
                "argocd.action | rollback | argocd.parameters: declare id and no other for the action ROLLBACK",
                "argocd.application | ../x | argocd.application: write its name as Argo CD does",
                "argocd.parameters.id | .* | argocd.parameters: declare revision and no other for the action SYNC",
                "argocd.prune | perhaps | argocd.prune: 'perhaps' does not fit; write it as false",
                "awx.api-path | ../x | awx.api-path: write the path of the API as api/v2",
                "awx.key-variable | no-name | awx.key-variable: 'no-name' is no name of a variable",
                "awx.limit-parameter | region | awx.parameters: declare region, which gives the limit",
                "awx.parameters.gatehouse_key | .* | awx.parameters: gatehouse_key is for the key of the command",
                "awx.template | fourteen | awx.template: 'fourteen' does not fit; write it as 14",
                "azure-devops.organization | .. | azure-devops.organization: write its name",
                "azure-devops.parameters.gatehouseKey | .* | azure-devops.parameters: gatehouseKey is for the key",
                "azure-devops.pipeline | 0 | azure-devops.pipeline: write its number",
                "azure-devops.project | .. | azure-devops.project: write its name or id",
                "azure-devops.ref | main | azure-devops.ref: write it as refs/heads/main",
                "command.after-crash | QUERYABLE | command.after-crash: a command cannot be asked",
                "command.environment.TOKEN | stored:No Name | command.environment.TOKEN: the name of a stored secret",
                "github.api-version | v3 | github.api-version: write it as 2026-03-10",
                "github.parameters.gatehouse_key | .* | github.parameters: gatehouse_key is for the key",
                "github.repository | payments | github.repository: write it as owner/name",
                "github.repository | acme/ | github.repository: write it as owner/name",
                "github.repository | acme/.. | github.repository: write it as owner/name",
                "github.repository | acme/a/b | github.repository: write it as owner/name",
                "github.repository | acme/a b | github.repository: write it as owner/name",
                "github.repository | ./a | github.repository: write it as owner/name",
                "github.environment | production | github.environment: leave it out, the trigger WORKFLOW_DISPATCH has",
                "github.event-type | deploy | github.event-type: leave it out, the trigger WORKFLOW_DISPATCH has none",
                "github.ref | '' | github.ref: the trigger WORKFLOW_DISPATCH needs it",
                "github.required-contexts | '' | github.required-contexts: leave it out, the trigger WORKFLOW_DISPATCH",
                "github.task | deploy | github.task: leave it out, the trigger WORKFLOW_DISPATCH has none",
                "github.trigger | deployment | github.workflow: leave it out, the trigger DEPLOYMENT has none",
                "github.trigger | push | github.trigger: 'push' does not fit; write it as WORKFLOW_DISPATCH or",
                "github.trigger | repository-dispatch | github.ref: leave it out, the trigger REPOSITORY_DISPATCH has",
                "github.workflow | '' | github.workflow: the trigger WORKFLOW_DISPATCH needs it",
                "github.workflow | .. | github.workflow: write the name of its file, without folders",
                "github.workflow | .github/workflows/a.yml | github.workflow: write the name of its file",
                "github.workflow | a?b | github.workflow: write the name of its file, without folders",
                "gitlab.key-variable | no-name | gitlab.key-variable: a variable of GitLab has a name of letters",
                "gitlab.parameters.GATEHOUSE_KEY | .* | gitlab.parameters: GATEHOUSE_KEY is for the key",
                "gitlab.parameters.NO-NAME | .* | gitlab.parameters: a variable of GitLab has a name of letters",
                "gitlab.project | a b/c | gitlab.project: write it as group/name",
                "gitlab.project | deploy | gitlab.project: write it as group/name",
                "gitlab.project | payments/ | gitlab.project: write it as group/name",
                "gitlab.project | payments/../x? | gitlab.project: write it as group/name",
                "jenkins.ask-every | soon | jenkins.ask-every: 'soon' does not fit; write it as 5s",
                "jenkins.job | payments/../x | jenkins.job: write it as folder/name",
                "jenkins.limits.answer-limit | 3GB | jenkins.limits.answer-limit: write 1GB at most",
                "jenkins.limits.answer-limit | much | jenkins.limits.answer-limit: 'much' does not fit; write it as 1MB",
                "jenkins.limits.read-timeout | 1h | jenkins: connect-timeout and read-timeout must together be at most"
                        + " a third of gatehouse.rollout.lease, PT20S",
                "jenkins.limits.read-timout | 5s | jenkins.limits.read-timout: there is no such setting; write one of"
                        + " connect-timeout, read-timeout, answer-limit",
                "jenkins.parameters.GATEHOUSE_KEY | .* | jenkins.parameters: GATEHOUSE_KEY is for the key",
                "jenkins.token | stored:No Name | jenkins.token: the name of a stored secret must be 1 to 64",
                "jenkins.url | https://x.example.com | jenkins.url: add x.example.com:443 to gatehouse.outbound.hosts",
                "jenkins.url | jenkins:8080 | jenkins.url: write its address as https://host:port/path",
                "kubernetes.action | undo | kubernetes.parameters: declare [] and no other",
                "kubernetes.ca-certificate | nowhere.pem | kubernetes.ca-certificate: the file nowhere.pem cannot be",
                "kubernetes.deployment | ../web | kubernetes.deployment: write it as the cluster names it",
                "kubernetes.key-annotation | a b | kubernetes.key-annotation: write it as example.com/name",
                "kubernetes.namespace | ../web | kubernetes.namespace: write it as the cluster names it",
                "kubernetes.parameters.TAG | .* | kubernetes.parameters: declare [IMAGE] and no other",
                "spinnaker.application | * | spinnaker.application: write its name of letters, digits and . _ ~ -",
                "spinnaker.application | a/b | spinnaker.application: write its name of letters, digits and . _ ~ -",
                "spinnaker.pipeline | .. | spinnaker.pipeline: write its name, or its id if the name has /",
                "spinnaker.pipeline | a/b | spinnaker.pipeline: write its name, or its id if the name has /",
                "spinnaker.ui | deck.example.com | spinnaker.ui: write the address of Deck as https://spinnaker",
                "spinnaker.ui | https://deck.example.com/#/ | spinnaker.ui: write the address of Deck as",
                "webhook.after-crash | QUERYABLE | webhook.status-url: a QUERYABLE webhook needs it",
                "webhook.answer-limit | 3GB | webhook.answer-limit: write 1GB at most",
                "webhook.headers.X-A | stored:No Name | webhook.headers.X-A: the name of a stored secret must be",
                "webhook.secret | whsec_short | webhook.secret: A webhook secret must be whsec_ and",
                "webhook.status-url | ci:8080 | webhook.status-url: write its address as https://host:port/path",
            })
    void aSettingThatCannotWorkIsNamed(String setting, String value, String said) {
        Map<String, Object> written = examples(setting.substring(0, setting.indexOf('.')));
        written.put(setting, value);

        assertThatRefused(written, said);
    }

    @Test
    void anImageIsSetInAContainer() {
        Map<String, Object> written = examples("kubernetes");
        written.remove("kubernetes.container");

        assertThatRefused(written, "kubernetes.container: name the one whose image is set");
    }

    @ParameterizedTest
    @CsvSource({"github, 25, 24", "gitlab, 100, 99"})
    void thereMayBeAsManyParametersAsTheToolTakes(String kind, int parameters, int most) {
        Map<String, Object> written = examples(kind);
        for (int i = 0; i < parameters; i++) {
            written.put(kind + ".parameters.P" + i, ".*");
        }

        assertThatRefused(written, kind + ".parameters: declare at most " + most);
    }

    @Test
    void anEventHasATypeAndTenProperties() {
        Map<String, Object> written = examples("github");
        written.put("github.trigger", "REPOSITORY_DISPATCH");
        written.remove("github.ref");
        assertThatRefused(written, "github.event-type: the trigger REPOSITORY_DISPATCH needs it");

        written.put("github.event-type", "e".repeat(101));
        assertThatRefused(written, "github.event-type: write at most 100 characters");

        written.put("github.event-type", "e".repeat(100));
        for (int i = 0; i < 9; i++) {
            written.put("github.parameters.P" + i, ".*");
        }
        assertThat(read(written)).hasSize(1);

        written.put("github.parameters.P9", ".*");
        assertThatRefused(written, "github.parameters: declare at most 9");
    }

    @Test
    void aDeploymentHasAnEnvironmentAndCannotBeStopped() {
        Map<String, Object> written = examples("github");
        written.put("github.trigger", "DEPLOYMENT");
        written.remove("github.workflow");
        assertThatRefused(written, "github.environment: the trigger DEPLOYMENT needs it");

        written.put("github.environment", "production");
        written.put("github.required-contexts", "");
        assertThat(read(written)).extracting(Connector::stopping).containsExactly(Stopping.NEVER);
    }

    @Test
    void anUnknownKindIsNamedWithThoseThatThereAre() {
        assertThatRefused(
                Map.of("jenkinz.url", "https://jenkins.example.com"),
                "jenkinz: name the connector and then its kind, one of "
                        + "argocd, awx, azure-devops, canary, command, github, gitlab, health, jenkins, kubernetes, "
                        + "prometheus, spinnaker, webhook");
    }

    @Test
    void oneNameHasOneKind() {
        Map<String, Object> written = examples("jenkins");
        written.putAll(examples("gitlab"));
        List<Connector> connectors = read(written);

        assertThatThrownBy(() -> new Connectors(List.of(() -> connectors)))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "gatehouse.connectors.ci is configured as two kinds of connector, gitlab and jenkins; choose one");
    }

    /** They may have dashes that their names have lost, or belong to something else. */
    @Test
    void variablesOfTheEnvironmentAreReadAndNotJudged() {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "GATEHOUSE_CONNECTORS_CI_JENKINS_KEY_PARAMETER", "OUR_KEY",
                "GATEHOUSE_CONNECTORS_PORT", "tcp://10.0.0.1:80",
                "GATEHOUSE_CONNECTORS_PORT_80_TCP", "tcp://10.0.0.1:80"));
        examples("jenkins")
                .forEach((setting, value) -> variables.put(
                        "GATEHOUSE_CONNECTORS_CI_" + setting.replace('.', '_').toUpperCase(Locale.ROOT), value));

        assertThat(read(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .extracting(Connector::name)
                .containsExactly("ci");
    }

    @Test
    void theNameOfAParameterStaysAsItIsWritten() {
        Map<String, Object> written = examples("jenkins");
        written.put("jenkins.parameters.VERSION", ".*");
        written.put("jenkins.parameters.app_version", ".*");
        written.put("jenkins.parameters.app.version", ".*");

        assertThat(read(written)).singleElement().satisfies(connector -> assertThat(connector.parameters())
                .containsOnlyKeys("VERSION", "app_version", "app.version"));
    }

    @Test
    void whatTheDocumentationShowsAreConnectors() throws IOException {
        Matcher blocks = Pattern.compile("```yaml\n(deploy-.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/connectors.md")));
        List<String> kinds = new ArrayList<>();
        while (blocks.find()) {
            // The file is the operator's own.
            String yaml = blocks.group(1).replaceAll("(?m)^ *ca-certificate:.*\n", "");
            byte[] file = ("gatehouse.connectors:\n" + yaml.indent(2)).getBytes(StandardCharsets.UTF_8);
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("documented", new ByteArrayResource(file))) {
                read(source).forEach(connector -> kinds.add(connector.kind()));
            }
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "command",
                        "webhook",
                        "jenkins",
                        "argocd",
                        "awx",
                        "gitlab",
                        "github",
                        "github",
                        "github",
                        "kubernetes",
                        "azure-devops",
                        "spinnaker");
    }
}
