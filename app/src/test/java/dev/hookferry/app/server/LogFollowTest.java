package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.RunningCommand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Following the log. */
final class LogFollowTest {
  private final ServerFixture fixture = new ServerFixture("memory");
  private final Tenant tenant = fixture.tenant();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theLastOnesComeInTheirOrderAndThenOnlyWhatIsNew() {
    tenant.endpoint(fixture.inbox().url("/hook"), "*");
    for (int i = 1; i <= 4; i++) {
      publish("license_created", i);
    }
    try (RunningCommand log = follow("--limit", "2")) {
      log.await("(?s)license_created.*license_created.*\\n");
      publish("license_deleted", 5);
      log.await("license_deleted.*\\n");
      assertThat(times(log)).containsExactlyElementsOf(oldestFirst().subList(2, 5));
    }
  }

  @Test
  void nothingFromBeforeTheTimeAskedForComesLater() {
    tenant.endpoint(fixture.inbox().url("/hook"), "*");
    publish("license_created", 1);
    publish("license_created", 2);
    try (RunningCommand log = follow("--since", oldestFirst().get(1))) {
      log.await("license_created.*\\n");
      publish("license_deleted", 3);
      log.await("license_deleted.*\\n");
      assertThat(times(log)).containsExactlyElementsOf(oldestFirst().subList(1, 3));
    }
  }

  /** Publishes, and waits until the attempt is in the log. */
  private void publish(String type, int total) {
    tenant.publish("{\"type\":\"" + type + "\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", total);
  }

  private RunningCommand follow(String name, String value) {
    return RunningCommand.start(
        "log",
        "--follow",
        name,
        value,
        "--site",
        tenant.path().text().split("/")[2],
        "--url",
        fixture.server().address().toString(),
        "--key",
        ServerFixture.KEY);
  }

  private static List<String> times(RunningCommand log) {
    return log.out().lines().map(line -> line.split(" ")[0]).toList();
  }

  private List<String> oldestFirst() {
    return tenant.list("attempts").stream()
        .map(attempt -> attempt.path("startedAt"))
        .map(JsonNode::asText)
        .sorted()
        .toList();
  }
}
