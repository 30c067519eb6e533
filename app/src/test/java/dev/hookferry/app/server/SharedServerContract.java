package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.contract.support.Poll;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Several nodes on one database look like one server from outside. */
interface SharedServerContract extends PortalRaceContract {
  @Override
  default void racing(Consumer<List<URI>> race) {
    try (Server one = fixture().another();
        Server two = fixture().another()) {
      race.accept(List.of(one.address(), two.address()));
    }
  }

  @Test
  default void theOverviewAddsUpWhatAllNodesCounted() {
    Tenant tenant = fixture().tenant();
    // A retry could be any node's.
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    Inbox inbox = fixture().inbox();
    String good = tenant.path("good").text();
    String bad = tenant.path("bad").text();
    inbox.responding(bad, n -> 500);
    tenant.endpoint(inbox.url(good), "license_created");
    tenant.endpoint(inbox.url(bad), "customer_created");
    String site = tenant.path().text().split("/")[2];
    try (Server one = fixture().another();
        Server two = fixture().another()) {
      for (Server node : List.of(one, one, two, two, two)) {
        publish(node, site, "license_created");
      }
      publish(one, site, "customer_created");
      publish(two, site, "customer_created");
      tenant.awaitDeliveries("delivered", 5);
      tenant.awaitDeliveries("exhausted", 2);
    }

    // Each told what it counted when it ended; a third one reads that when it begins.
    try (Server three = fixture().another()) {
      Visitor visitor = new Visitor(three.address(), ServerFixture.KEY);
      Poll.until(() -> visitor.page("/sites/" + site).contains(": 5 delivered, 2 failed."));
      assertThat(visitor.page("/sites/" + site))
          .contains("Attempts in the last hour: 5 delivered, 2 failed.");
    }
  }

  private static void publish(Server node, String site, String type) {
    var unused =
        new Tenant(new ApiClient(node.address(), ServerFixture.KEY), site)
            .publish("{\"type\":\"" + type + "\",\"data\":{}}");
  }
}
