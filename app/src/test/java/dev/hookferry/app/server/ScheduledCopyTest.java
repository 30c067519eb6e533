package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.receiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scheduled events on their way from one store to another and back. */
class ScheduledCopyTest {
  private static final String AT =
      Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS).toString();

  @TempDir private Path folder;

  @Test
  void keepTheirTimeAndCanBeSentOrCancelledThere() {
    List<String> stores =
        List.of(
            "file:" + folder.resolve("first"),
            "jdbc:h2:file:" + folder.resolve("h2"),
            "file:" + folder.resolve("last"));
    Tenant tenant;
    try (Inbox inbox = new Inbox()) {
      try (ServerFixture first = new ServerFixture(stores.get(0))) {
        tenant = first.tenant();
        tenant.endpoint(inbox.url("/scheduled"), "*");
        for (int i = 0; i < 3; i++) {
          tenant.publish("{\"type\":\"license_created\",\"data\":{},\"deliverAt\":\"" + AT + "\"}");
        }
        assertThat(scheduled(tenant)).hasSize(3);
      }
      for (int i = 1; i < stores.size(); i++) {
        CommandResult copy =
            CommandResult.run("copy", "--from", stores.get(i - 1), "--to", stores.get(i));
        assertThat(copy.code()).as(copy.toString()).isZero();
      }
      try (ServerFixture last = new ServerFixture(stores.get(2))) {
        Tenant again = last.again(tenant);
        List<JsonNode> there = scheduled(again);
        assertThat(there).hasSize(3);
        again.post("{}", "deliveries", there.get(0).path("id").asText(), "cancel");
        String sent = there.get(1).path("event").asText();
        again.post("{}", "deliveries", there.get(1).path("id").asText(), "retry");
        again.awaitDeliveries("delivered", 1);
        // A slow machine may send it once more; what counts is that no other event was sent.
        assertThat(inbox.await("/scheduled", 1)).extracting(Received::event).containsOnly(sent);
        assertThat(again.deliveries("cancelled")).hasSize(1);
        assertThat(scheduled(again)).hasSize(1);
      }
    }
  }

  private static List<JsonNode> scheduled(Tenant tenant) {
    List<JsonNode> pending = tenant.deliveries("pending");
    assertThat(pending)
        .allSatisfy(
            one -> {
              assertThat(Instant.parse(one.path("nextAttemptAt").asText()))
                  .isEqualTo(Instant.parse(AT));
              assertThat(one.path("reason").asText()).startsWith("scheduled");
            });
    return pending;
  }
}
