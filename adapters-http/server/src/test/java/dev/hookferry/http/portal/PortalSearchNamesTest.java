package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search box of the portal also finds deliveries by what their list shows beside the data. */
class PortalSearchNamesTest {
  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private void searchBy(String fields) {
    Answer set =
        served.send("PATCH", Served.DEFAULT + "/settings", "{\"searchFields\":[" + fields + "]}");
    assertThat(set.status()).as(set.body()).isEqualTo(200);
  }

  private Answer search(String cookie, String text) {
    return scene.page(cookie, "/portal/deliveries?q=" + text);
  }

  @Test
  void theBoxAlsoFindsTypesEndpointsAndStatuses() {
    served.transport.responding(PortalScene.MINE, 404);
    scene.publishOrders();
    for (String fields : List.of("", "\"order.id\"")) {
      searchBy(fields);
      String cookie = scene.cookie("");
      String own = scene.deliveryTo(scene.mine);
      String theirs = scene.deliveryTo(scene.theirs);
      for (String text :
          List.of("license_created", "License_", "MINE.", PortalScene.MINE, "404", "HTTP%20404")) {
        assertThat(search(cookie, text).body())
            .as(text)
            .contains(own, "1 delivery<")
            .doesNotContain("/" + theirs);
        assertThat(scene.page(cookie, "/portal/deliveries/retry?q=" + text).body())
            .as(text)
            .contains("Send 1 pending delivery");
      }
      for (String text :
          List.of("license_released", "theirs.example", "https", "500", "HTTP%20200")) {
        assertThat(search(cookie, text).body())
            .as(text)
            .contains("Nothing found for")
            .doesNotContain("/" + own, "/" + theirs);
      }
    }
  }

  @Test
  void aStatusComesBeforeAnEndpointWhoseUrlHasThisNumber() {
    String url = "https://mine.example/v/404";
    EndpointSpec moved = EndpointSpec.change().url(url);
    var unused = served.webhooks.endpoints().change(SiteId.DEFAULT, scene.mine.id(), moved);
    scene.publishOrders();
    assertThat(search(scene.cookie(""), "404").body()).contains("Nothing found for");
  }

  @Test
  void theBoxNarrowsTheOtherFilters() {
    scene.publishOrders();
    String cookie = scene.cookie("");
    assertThat(search(cookie, "license&type=license_created").body()).contains("1 delivery<");
    assertThat(search(cookie, "license&type=customer_created").body())
        .contains("No deliveries match these filters.");
    assertThat(search(cookie, "mine.example&endpoint=" + scene.mine.id()).body())
        .contains("1 delivery<");
    assertThat(search(cookie, "200&code=2xx").body()).contains("1 delivery<");
    assertThat(search(cookie, "200&code=404").body())
        .contains("No deliveries match these filters.");
  }

  @Test
  void aValueOfASearchFieldComesBeforeATypeOfThatName() {
    searchBy("\"order.id\"");
    scene.publishOrders(customer -> "{\"order\":{\"id\":\"license_released\"}}");
    assertThat(search(scene.cookie(""), "license_released").body())
        .contains(scene.deliveryTo(scene.mine), "1 delivery<");
  }
}
