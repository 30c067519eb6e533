package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.contract.support.Poll;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Additional promises where the store outlives the process. */
interface DurableServerContract extends ServerContract {
  /** A store that is empty and used by nobody. */
  String freshStore();

  @Test
  default void continuesAfterACleanStop() {
    Tenant before = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String path = before.path("hook").text();
    inbox.responding(path, n -> n == 1 ? 500 : 200);
    JsonNode endpoint = before.endpoint(inbox.url(path), "*");
    before.publish("{\"type\":\"license_created\",\"data\":{}}");
    inbox.await(path, 1);
    Poll.until(() -> before.list("attempts").size() == 1);
    fixture().restart();
    Tenant after = fixture().again(before);
    after.awaitDeliveries("delivered", 1);
    assertThat(inbox.at(path)).extracting(Received::attempt).containsExactly("1", "2");
    assertThat(after.list("endpoints").get(0).path("id")).isEqualTo(endpoint.path("id"));
    assertThat(after.list("attempts")).hasSize(2);
  }

  @Test
  default void losesNothingThatWasAcknowledgedBeforeAKill(@TempDir Path folder) {
    String store = freshStore();
    Inbox inbox = fixture().inbox();
    String path = "/killed" + System.identityHashCode(this);
    Set<String> accepted = new TreeSet<>();
    Set<String> logged;
    try (ServerChild first = ServerChild.serve(folder, store, "--owner-timeout=10s").awaitReady()) {
      Tenant tenant = new Tenant(first.client(), "default");
      tenant.endpoint(inbox.url(path), "*");
      accepted.add(
          tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText());
      tenant.awaitDeliveries("delivered", 1);
      logged = ids(tenant.list("attempts"));
      for (int i = 0; i < 20; i++) {
        String body = "{\"type\":\"customer_created\",\"data\":{\"n\":" + i + "}}";
        accepted.add(tenant.publish(body).path("id").asText());
      }
      first.kill();
    }
    try (ServerChild second =
        ServerChild.serve(folder, store, "--owner-timeout=10s").awaitReady()) {
      Tenant tenant = new Tenant(second.client(), "default");
      tenant.awaitDeliveries("delivered", accepted.size());
      assertThat(inbox.at(path)).extracting(Received::event).containsAll(accepted);
      assertThat(ids(tenant.list("attempts"))).containsAll(logged);
      assertThat(ids(tenant.list("events"))).isEqualTo(accepted);
      second.terminate();
      assertThat(second.exitCode()).isZero();
    }
  }

  private static Set<String> ids(List<JsonNode> things) {
    return things.stream()
        .map(thing -> thing.path("id").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
