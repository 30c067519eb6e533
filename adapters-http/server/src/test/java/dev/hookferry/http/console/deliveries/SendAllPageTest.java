package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendAllPageTest {
  private static final String ALL = "/sites/default/deliveries/all?status=exhausted";
  private static final String CHOICE = "<summary>Choose one endpoint</summary>";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void offersEachEndpointAloneWithItsStateAndNumber() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    Endpoint crm = place.endpoint("https://crm.example/hook", "license_created");
    place.transport.responding("https://crm.example/hook", 500);
    exhausted("license_created", 1);
    assertThat(admin.get(ALL).body()).as("to one endpoint").doesNotContain(CHOICE);

    Endpoint erp = place.endpoint("https://erp.example/hook", "customer_created");
    place.transport.responding("https://erp.example/hook", 500);
    exhausted("customer_created", 3);
    place.pause(erp.id());

    assertThat(admin.get(ALL).body())
        .containsSubsequence(
            CHOICE,
            "&amp;endpoint=" + erp.id() + "\">erp.example/hook (paused): 3</a>",
            "&amp;endpoint=" + crm.id() + "\">crm.example/hook",
            "): 1</a>");
    assertThat(admin.get(ALL + "&endpoint=" + erp.id()).body())
        .contains("<b>3 deliveries</b>")
        .doesNotContain(CHOICE);
  }

  @Test
  void endpointsWithTheSameNameAreOfferedSeparately() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    for (String type : List.of("license_created", "customer_created")) {
      String url = "https://shop.example/" + type;
      place.transport.responding(url, 500);
      var shop =
          place
              .webhooks()
              .endpoints()
              .create(SiteId.DEFAULT, EndpointSpec.to(url).types(type).description("Shop"));
      exhausted(type, 1);
      assertThat(admin.get(ALL + "&endpoint=" + shop.endpoint().id()).body())
          .contains("1 delivery");
    }
    assertThat(admin.get(ALL).body().split(">Shop[^<]*: 1</a>", -1)).hasSize(3);
  }

  private void exhausted(String type, int count) {
    long before = ended();
    for (int i = 0; i < count; i++) {
      place.publish(type, "{}");
    }
    Poll.until(() -> ended() == before + count);
    place.clock.advance(Duration.ofMinutes(1));
  }

  private long ended() {
    return place.deliveries().stream()
        .filter(one -> one.state() == DeliveryState.EXHAUSTED)
        .count();
  }
}
