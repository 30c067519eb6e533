package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.contract.support.Poll;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traces and metrics as a collector gets them. */
class OtlpExportTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String CONTEXT = "00-" + TRACE + "-" + CALLER + "-01";

  private final OtlpReceiver collector = new OtlpReceiver();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    collector.close();
    inbox.close();
  }

  private static Server start(Map<String, String> more) {
    Map<String, List<String>> flags =
        new HashMap<>(
            Map.of(
                "--store", List.of("memory"),
                "--port", List.of("0"),
                "--allow-network", List.of("127.0.0.0/8"),
                "--allow-http", List.of("true")));
    more.forEach((flag, value) -> flags.put(flag, List.of(value)));
    Map<String, String> environment =
        Map.of(
            "HOOKFERRY_ADMIN_KEY", ServerFixture.KEY, "HOOKFERRY_OTEL_HEADERS", "api-key=s3cret");
    return Server.start(
        ServerConfigReader.read(
                new ConfigSources(java.nio.file.Path.of("target"), null, environment, flags))
            .config());
  }

  private void endpoint(Server server, String path, boolean propagate) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", inbox.url(path))
            .put("propagateTrace", propagate);
    body.putArray("eventTypes").add("license_created");
    JsonNode made =
        new ApiClient(server.address(), ServerFixture.KEY)
            .post(Path.ofSite("default", "endpoints"), body);
    assertThat(made.path("propagateTrace").asBoolean()).isEqualTo(propagate);
  }

  private static void publish(Server server, @Nullable String traceparent)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve("/api/v1/sites/default/events"))
            .header("Authorization", "Bearer " + ServerFixture.KEY)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString("{\"type\":\"license_created\",\"data\":{}}"));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private static Map<String, AnyValue> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void attemptIsASpanOfTheCallersTraceAndIsPropagated() throws Exception {
    try (Server server = start(Map.of("--otel-endpoint", collector.url()))) {
      endpoint(server, "/traced", true);
      endpoint(server, "/bare", false);
      publish(server, CONTEXT);
      String told = inbox.await("/traced", 1).get(0).headers().get("traceparent");
      assertThat(inbox.await("/bare", 1).get(0).headers()).doesNotContainKey("traceparent");
      Poll.until(() -> collector.spans().size() == 2);
      for (Span span : collector.spans()) {
        assertThat(hex(span.getTraceId())).isEqualTo(TRACE);
        assertThat(hex(span.getParentSpanId())).isEqualTo(CALLER);
        assertThat(span.getLinksList())
            .singleElement()
            .satisfies(link -> assertThat(hex(link.getSpanId())).isEqualTo(CALLER));
        assertThat(span.getName()).isEqualTo("deliver license_created");
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(span.getEndTimeUnixNano()).isGreaterThan(span.getStartTimeUnixNano());
        Map<String, AnyValue> attributes = attributes(span);
        assertThat(attributes.get("http.response.status_code").getIntValue()).isEqualTo(200);
        assertThat(attributes.get("server.address").getStringValue()).isEqualTo("127.0.0.1");
        assertThat(attributes.get("hookferry.phase.first_byte").getDoubleValue()).isPositive();
        assertThat(attributes)
            .containsKeys("hookferry.phase.waiting", "hookferry.phase.connect", "hookferry.event");
        assertThat(attributes.toString()).doesNotContain("/traced").doesNotContain("/bare");
      }
      assertThat(collector.spans())
          .anyMatch(span -> ("00-" + TRACE + "-" + hex(span.getSpanId()) + "-01").equals(told));
      assertThat(collector.keys()).containsOnly("s3cret");
      assertThat(collector.requests().get(0).getResourceSpans(0).getResource().toString())
          .contains("service.name", "hookferry", "service.version");
    }
  }

  @Test
  void aFailedAttemptIsAnErrorAndARetrySaysSo() throws Exception {
    inbox.responding("/flaky", n -> n == 1 ? 503 : 200);
    try (LogTap log = new LogTap();
        Server server = start(Map.of("--otel-endpoint", collector.url()))) {
      var unused =
          new ApiClient(server.address(), ServerFixture.KEY)
              .patch(
                  Path.ofSite("default", "settings"),
                  JsonNodeFactory.instance.objectNode().put("webHookRetryInterval", 1));
      endpoint(server, "/flaky", false);
      publish(server, null);
      Poll.until(() -> collector.spans().size() == 2);
      Span first = collector.spans().get(0);
      Span second = collector.spans().get(1);
      assertThat(first.getTraceId()).isEqualTo(second.getTraceId());
      assertThat(first.getSpanId()).isNotEqualTo(second.getSpanId());
      assertThat(first.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(attributes(first)).containsKey("error.type");
      assertThat(attributes(second).get("http.request.resend_count").getIntValue()).isEqualTo(1);
      Poll.until(() -> log.text().contains("delivered ["));
      assertIsTraced(log, "attempt failed [", first);
      assertIsTraced(log, "delivered [", second);
    }
  }

  /** Checks that the one line about an attempt leads to its span. */
  private static void assertIsTraced(LogTap log, String beginning, Span span) {
    assertThat(log.text().lines().filter(line -> line.startsWith(beginning)))
        .singleElement()
        .asString()
        .contains("traceId=\"" + hex(span.getTraceId()) + "\"")
        .contains("spanId=\"" + hex(span.getSpanId()) + "\"");
  }

  @Test
  void unsampledSpansAreNotExported() throws Exception {
    try (Server server = start(Map.of("--otel-endpoint", collector.url(), "--otel-share", "0"))) {
      endpoint(server, "/a", true);
      publish(server, null);
      publish(server, "00-" + TRACE + "-" + CALLER + "-00");
      publish(server, "not a traceparent");
      publish(server, CONTEXT);
      assertThat(inbox.await("/a", 4))
          .extracting(received -> received.headers().get("traceparent"))
          .filteredOn(told -> told.endsWith("-00"))
          .hasSize(3);
    }
    assertThat(collector.spans()).hasSize(1);
  }

  @Test
  void theMetricsAreThoseOfPrometheus() throws Exception {
    try (Server server =
        start(Map.of("--otel-endpoint", collector.url(), "--otel-interval", "1s"))) {
      endpoint(server, "/m", false);
      publish(server, null);
      Poll.until(() -> collector.metrics().containsKey("hookferry_attempts"));
      Map<String, Metric> metrics = collector.metrics();
      assertThat(metrics.get("hookferry_attempts").getSum().getIsMonotonic()).isTrue();
      assertThat(metrics.get("hookferry_attempts").getSum().getDataPoints(0).getAsDouble())
          .isEqualTo(1);
      assertThat(metrics.get("hookferry_attempt_duration_seconds").getHistogram().getDataPoints(0))
          .satisfies(
              point -> {
                assertThat(point.getCount()).isEqualTo(1);
                assertThat(point.getBucketCountsCount())
                    .isEqualTo(point.getExplicitBoundsCount() + 1);
              });
      assertThat(metrics)
          .containsKeys(
              "hookferry_backlog_deliveries",
              "hookferry_build_info",
              "jvm_memory_used_bytes",
              "process_cpu_seconds");
    }
  }

  @Test
  void aCollectorThatHangsDisturbsNeitherDeliveryNorTheStop() throws Exception {
    collector.hang();
    Server server = start(Map.of("--otel-endpoint", collector.url(), "--otel-interval", "1s"));
    endpoint(server, "/a", false);
    for (int i = 0; i < 200; i++) {
      publish(server, null);
    }
    assertThat(inbox.await("/a", 200)).hasSize(200);
    assertTimeoutPreemptively(Duration.ofMinutes(5), server::close);
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void unreachableCollectorIsLogged() throws Exception {
    try (LogTap log = new LogTap();
        Server server = start(Map.of("--otel-endpoint", "http://127.0.0.1:1"))) {
      endpoint(server, "/a", false);
      publish(server, null);
      Poll.until(() -> log.text().contains("export to the OpenTelemetry collector failed"));
    }
  }
}
