package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that exports nothing to a collector does not pay for it. */
final class OtelClassesTest {
  /** Loading our own classes may take an interface of OpenTelemetry's API, to verify them. */
  private static final Pattern SDK = Pattern.compile(" io\\.opentelemetry\\.(sdk|exporter)\\.");

  @TempDir private Path folder;
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    inbox.close();
  }

  /** Returns the log of a server that has sent an event and shown its metrics. */
  private List<String> classes(String... flags) throws IOException {
    Path log = folder.resolve("classes.log");
    try (ServerChild child = ServerChild.loggingClasses(folder, log, flags).awaitReady()) {
      Tenant tenant = new Tenant(child.client(), "default");
      var unused = tenant.endpoint(inbox.url("/hook"), "*");
      tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
      assertThat(inbox.await("/hook", 1)).isNotEmpty();
      Poll.until(() -> tenant.some("pending").isEmpty());
      assertThat(child.status("/metrics")).isEqualTo(200);
      child.terminate();
      assertThat(child.exitCode()).isZero();
    }
    return Files.readAllLines(log);
  }

  @Test
  void noneIsLoadedWithoutACollector() throws IOException {
    assertThat(classes())
        .anyMatch(line -> line.contains(" dev.hookferry.app.otel.Telemetry "))
        .noneMatch(SDK.asPredicate());
  }

  /** Without this, a change of the log's format would make the other test hold forever. */
  @Test
  void someAreLoadedWithACollector() throws IOException {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      assertThat(classes("--otel-endpoint", collector.url())).anyMatch(SDK.asPredicate());
    }
  }
}
