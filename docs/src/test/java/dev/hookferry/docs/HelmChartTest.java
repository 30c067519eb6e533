package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders the chart with Helm, and compares what it and the manifests say with Kubernetes' API. */
class HelmChartTest {
  private static final Path CHART = Path.of("../app/dist/src/main/helm/hookferry");
  private static final Path MANIFESTS = Path.of("../app/dist/src/main/kubernetes/hookferry.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String KEY = "vXBQyvwEkZfozSzIz100MbA0yd7HazHzAMwyR6ZuEbY=";

  @Test
  void lintHasNothingToSay() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.25.0", "1.34.0"})
  void defaultsGiveADeploymentAServiceAndABudget(String version) throws IOException {
    Map<String, JsonNode> objects = render(chart().withKubeVersion(version));

    assertThat(objects).containsOnlyKeys("Deployment", "PodDisruptionBudget", "Service");
    objects.values().forEach(HelmChartTest::assertKnown);
    assertPod(objects.get("Deployment"), 20);
  }

  @Test
  void kubernetesKnowsAllOptionalFields() throws IOException {
    Map<String, JsonNode> objects =
        render(
            chart()
                .set("stopGraceSeconds", 60)
                .set("env.HOOKFERRY_RETENTION", "30d")
                .set("image.pullSecrets[0].name", "registry")
                .set("nodeSelector.disk", "fast")
                .set("tolerations[0].key", "webhooks")
                .set("ingress.enabled", true)
                .set("ingress.host", "hooks.example")
                .set("ingress.className", "nginx")
                .set("ingress.tlsSecret", "certificate")
                .set("serviceMonitor.enabled", true));

    assertThat(objects)
        .containsOnlyKeys(
            "Deployment", "Ingress", "PodDisruptionBudget", "Service", "ServiceMonitor");
    objects.values().forEach(HelmChartTest::assertKnown);
    assertPod(objects.get("Deployment"), 60);
    JsonNode scrape = objects.get("ServiceMonitor").at("/spec/endpoints/0");
    assertThat(scrape.path("path").asText()).isEqualTo("/metrics");
    assertThat(scrape.path("port")).isEqualTo(objects.get("Service").at("/spec/ports/0/name"));
    assertThat(objects.get("ServiceMonitor").at("/spec/selector/matchLabels"))
        .isEqualTo(objects.get("Service").at("/spec/selector"));
  }

  /** Helm reads the numbers of a file as floats, unlike those of {@code --set}. */
  @Test
  void numbersAreWrittenInFull(@TempDir Path folder) throws IOException {
    Path values =
        Files.writeString(
            folder.resolve("values.yaml"),
            "env: {HOOKFERRY_A: 1000000, HOOKFERRY_B: 268435456, HOOKFERRY_C: 0.5, HOOKFERRY_D: 7}");
    JsonNode deployment = render(chart().withValuesFile(values)).get("Deployment");
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode variable : deployment.at("/spec/template/spec/containers/0/env")) {
      variables.put(variable.path("name").asText(), variable.path("value").asText());
    }

    assertThat(variables)
        .containsEntry("HOOKFERRY_A", "1000000")
        .containsEntry("HOOKFERRY_B", "268435456")
        .containsEntry("HOOKFERRY_C", "0.5")
        .containsEntry("HOOKFERRY_D", "7");
  }

  @Test
  void manifestsAreKnownToKubernetes() throws IOException {
    Map<String, JsonNode> objects = objects(Files.readString(MANIFESTS));

    assertThat(objects).containsOnlyKeys("Deployment", "PodDisruptionBudget", "Service");
    objects.values().forEach(HelmChartTest::assertKnown);
    assertPod(objects.get("Deployment"), 20);
  }

  @ParameterizedTest
  @CsvSource({
    "replica, 3, replica",
    "replicas, 0, replicas",
    "store.url, file:/data, store",
    "env.RETENTION, 30d, RETENTION",
    "serviceMonitor.enabled, maybe, serviceMonitor",
  })
  void aWrongValueIsNamed(String name, String value, String named) {
    TemplateCommand command = chart().set(name, value);

    assertThatThrownBy(command::call).hasMessageContaining(named);
  }

  @Test
  void aMisspelledFieldIsNoticed() throws IOException {
    JsonNode deployment = render(chart()).get("Deployment");
    ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 3);

    assertThatThrownBy(() -> assertKnown(deployment))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("terminationGracePeriod");
  }

  private static TemplateCommand chart() {
    return new Helm(CHART).template().withName("hooks").withKubeVersion("1.34.0");
  }

  private static Map<String, JsonNode> render(TemplateCommand command) throws IOException {
    return objects(command.call());
  }

  private static Map<String, JsonNode> objects(String text) throws IOException {
    Map<String, JsonNode> byKind = new TreeMap<>();
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).forEachRemaining(documents::add);
    documents.forEach(document -> byKind.put(document.path("kind").asText(), document));
    assertThat(byKind).hasSameSizeAs(documents);
    return byKind;
  }

  /** The types refuse fields that they do not know, and miss those that they need. */
  private static void assertKnown(JsonNode object) {
    String json = object.toString();
    assertThatCode(
            () -> {
              switch (object.path("kind").asText()) {
                case "Deployment" -> V1Deployment.fromJson(json);
                case "Service" -> V1Service.fromJson(json);
                case "PodDisruptionBudget" -> V1PodDisruptionBudget.fromJson(json);
                case "Ingress" -> V1Ingress.fromJson(json);
                // A type of the Prometheus operator, not of Kubernetes.
                case "ServiceMonitor" -> {}
                default -> throw new IllegalArgumentException("kind");
              }
            })
        .doesNotThrowAnyException();
  }

  private static void assertPod(JsonNode deployment, int stopGrace) {
    JsonNode pod = deployment.at("/spec/template/spec");
    assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
    JsonNode container = pod.at("/containers/0");
    JsonNode before = container.at("/lifecycle/preStop/exec/command");
    assertThat(before.path(0).asText()).isEqualTo("sleep");
    int sleep = before.path(1).asInt();
    assertThat(sleep).isPositive();
    assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(sleep + stopGrace + 25);
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode variable : container.path("env")) {
      String value = variable.path("value").asText();
      variables.put(variable.path("name").asText(), value.isEmpty() ? KEY : value);
    }
    ConfigSources sources = new ConfigSources(Path.of(""), null, variables, Map.of());
    assertThatCode(() -> ServerConfigReader.read(sources)).doesNotThrowAnyException();
  }
}
