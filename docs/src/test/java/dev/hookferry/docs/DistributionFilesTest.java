package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files installed beside the jar name only settings and metrics that exist. */
class DistributionFilesTest {
  private static final Path FILES = Path.of("../app/dist/src/main");
  private static final Path SERVER = Path.of("../adapters-http/server/src/main/java");
  private static final Pattern METRIC = Pattern.compile("hookferry_[a-z_]+");
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void alertsAndDashboardReadMetricsThatTheServerHas() throws IOException {
    Set<String> known = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(SERVER)) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        known.addAll(metrics(Files.readString(source)));
      }
    }
    Set<String> alerts = metrics(read("monitoring/prometheus-alerts.yaml"));
    Set<String> dashboard = metrics(read("monitoring/grafana-dashboard.json"));

    assertThat(alerts).hasSizeGreaterThan(10).isSubsetOf(known);
    assertThat(dashboard).hasSizeGreaterThan(15).isSubsetOf(known);
  }

  private static Set<String> metrics(String text) {
    Set<String> names = new TreeSet<>();
    METRIC
        .matcher(text)
        .results()
        .forEach(name -> names.add(name.group().replaceFirst("_bucket$", "")));
    return names;
  }

  @Test
  void everyPanelOfTheDashboardShowsSomething() throws IOException {
    JsonNode panels =
        new ObjectMapper().readTree(read("monitoring/grafana-dashboard.json")).get("panels");
    assertThat(panels).hasSizeGreaterThan(10);
    assertThat(panels)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotEmpty();
              assertThat(panel.at("/targets/0/expr").asText()).contains("job=\"$job\"");
            });
  }

  @Test
  void theInstalledConfigurationIsValid() {
    accepts(FILES.resolve("etc/hookferry.yaml"), Map.of());
  }

  @Test
  void containersSetKnownVariablesToValidValues() throws IOException {
    Map<String, String> kubernetes = new TreeMap<>();
    JsonNode pods = document("kubernetes/hookferry.yaml", "Deployment").at("/spec/template/spec");
    for (JsonNode variable : pods.at("/containers/0/env")) {
      kubernetes.put(variable.path("name").asText(), value(variable.path("value").asText()));
    }
    accepts(null, kubernetes);
    assertThat(pods.path("enableServiceLinks").asBoolean(true)).isFalse();
    assertThat(pods.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(25);

    Map<String, String> compose = new TreeMap<>();
    JsonNode services = YAML.readTree(read("docker/compose.yaml")).path("services");
    services
        .at("/hookferry/environment")
        .fields()
        .forEachRemaining(set -> compose.put(set.getKey(), value(set.getValue().asText())));
    compose.putAll(Map.of("HOOKFERRY_BIND", "0.0.0.0", "HOOKFERRY_BEHIND_PROXY", "true"));
    accepts(null, compose);

    String chart = read("helm/hookferry/templates/deployment.yaml");
    assertThat(kubernetes.keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(chart).contains(name + "\n"));
  }

  @Test
  void theImageHasTheSettingsOfTheDockerfile() throws IOException {
    Map<String, String> image =
        settings("image/ContainerImage.java", "\"(HOOKFERRY_\\w+)\", \"([^\"]+)\"");

    assertThat(image)
        .isNotEmpty()
        .isEqualTo(settings("docker/Dockerfile", "(HOOKFERRY_\\w+)=(\\S+)"));
    accepts(null, image);
  }

  @Test
  void theImageHasTheHealthCheckOfTheDockerfile() throws IOException {
    String written = match("image/image.sh", "\"Test\": (\\[.*\\]),");
    // Escaped once for the shell, which writes the file, and once for JSON.
    JsonNode check = new ObjectMapper().readTree(written.replace("\\$", "$").replace("\\\\", "\\"));

    assertThat(check.path(0).asText()).isEqualTo("CMD-SHELL");
    assertThat(check.path(1).asText())
        .contains("/readyz", "HOOKFERRY_PORT", "HOOKFERRY_LISTEN_TLS_CERT")
        .isEqualTo(match("docker/Dockerfile", "HEALTHCHECK .* CMD (.+)"));
  }

  private static String match(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(read(file))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> settings(String file, String pattern) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    Pattern.compile(pattern)
        .matcher(read(file))
        .results()
        .forEach(setting -> settings.put(setting.group(1), setting.group(2)));
    return settings;
  }

  /** Rules of the secrets that people fill in. */
  private static String value(String text) {
    return text.isEmpty() || text.contains("${")
        ? "vXBQyvwEkZfozSzIz100MbA0yd7HazHzAMwyR6ZuEbY="
        : text;
  }

  private static JsonNode document(String file, String kind) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(read(file))
        .forEachRemaining(documents::add);
    assertThat(documents).hasSize(3);
    return documents.stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static void accepts(Path file, Map<String, String> variables) {
    ConfigSources sources = new ConfigSources(Path.of(""), file, variables, Map.of());
    assertThatCode(() -> ServerConfigReader.read(sources)).doesNotThrowAnyException();
  }

  private static String read(String file) throws IOException {
    return Files.readString(FILES.resolve(file));
  }
}
