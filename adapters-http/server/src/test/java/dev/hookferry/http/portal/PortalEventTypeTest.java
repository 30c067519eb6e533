package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of an event type. */
class PortalEventTypeTest {
  private static final String PAGE = "/portal/event-types/license_created";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String cookie = scene.cookie("");

  @AfterEach
  void close() {
    scene.close();
  }

  @BeforeEach
  void describe() {
    put(
        "license_created",
        "{\"description\":\"A license.\",\"example\":{\"key\":\"K-1\"},"
            + "\"schema\":{\"type\":\"object\",\"required\":[\"key\"]}}");
    put("order.paid", "{\"description\":\"An order.\",\"deprecated\":true}");
  }

  private void put(String type, String body) {
    Answer put = served.send("PUT", Served.DEFAULT + "/event-types/" + type, body);
    assertThat(put.status()).as(put.body()).isEqualTo(200);
  }

  @Test
  void theListLeadsToEachTypeAndSaysHowManyEndpointsGetIt() {
    String list = scene.page(cookie, "/portal/event-types").body();

    assertThat(list)
        .containsPattern(
            "href=\""
                + PAGE
                + "\"><code>license_created</code></a></th>"
                + "<td class=\"about\">A license.</td>"
                + "<td class=\"num\" data-label=\"Your endpoints\">1</td>")
        .containsPattern(
            "<code>order.paid</code></a> <span class=\"status wait\">deprecated</span>")
        .contains("An order.</td><td class=\"num\" data-label=\"Your endpoints\">0</td>")
        .containsSubsequence("order.paid", ">Standard types</th>", "license_activated");
    String manages = scene.cookie(",\"can\":[\"manage\"]");
    assertThat(scene.page(manages, "/portal/endpoints/new").body())
        .containsSubsequence(
            "<code>order.paid</code> <span class=\"status wait\">deprecated</span>",
            "license_created");
  }

  @Test
  void theExampleIsTheWholeBodyAndTheReceiversAreTheVisitorsOwn() {
    scene.publish(customer -> "{}");
    String page = scene.page(cookie, PAGE).body().replace("&#34;", "\"");

    assertThat(page)
        .contains("<h1>license_created</h1>", "<p>A license.</p>")
        .contains("\"EventType\": \"license_created\"", "\"key\": \"K-1\"")
        .contains("JSON Schema of the data", "\"required\": [")
        .contains("href=\"/portal/endpoints/" + scene.mine.id())
        .contains("href=\"/portal/deliveries?type=license_created\"")
        .contains("href=\"/portal/deliveries/" + scene.deliveryTo(scene.mine))
        .contains("Event types</a>")
        .doesNotContain(scene.theirs.id().toString(), scene.deliveryTo(scene.theirs));
    assertThat(scene.page(cookie, "/portal/event-types/order.paid").body())
        .contains("This type is deprecated", "None of your endpoints receives this type.")
        .doesNotContain("Send this example to");
  }

  @Test
  void aTypeThatNobodyHasDescribedHasAPageIfAnEndpointGetsIt() {
    assertThat(scene.page(cookie, "/portal/event-types/license_moved").body())
        .contains("This type has no description.", "href=\"/portal/endpoints/" + scene.mine.id());
    for (String unknown : new String[] {"order.moved", "a..b", "endpoint_failing"}) {
      assertThat(scene.page(cookie, "/portal/event-types/" + unknown).status())
          .as(unknown)
          .isEqualTo(404);
    }
  }

  @Test
  void exampleIsSentToTickedEndpoints() {
    var other = scene.endpoint("https://mine.example/other", "c-1");
    var unticked = scene.endpoint("https://mine.example/unticked", "c-1");
    served.transport.responding("https://mine.example/other", 500);
    assertThat(scene.page(cookie, PAGE).body())
        .containsPattern("type=\"checkbox\" name=\"endpoint\" value=\"" + other.id());
    String to = "type=license_created&endpoint=" + scene.mine.id();

    Answer one = scene.post(cookie, "/portal/event-types/test", to);
    assertThat(one.header("Location")).startsWith("/portal/endpoints/" + scene.mine.id());
    String both =
        scene.posted(cookie, "/portal/event-types/test", to + "&endpoint=" + other.id()).body();
    assertThat(both)
        .contains("<h1>license_created</h1>")
        .containsSubsequence(
            ">Send example</button>",
            "id=\"sent\">",
            ">mine.example/hook</a>: The example arrived.",
            ">mine.example/other</a>: The example failed. Your endpoint responded with HTTP 500")
        .containsPattern(box(scene.mine, true))
        .containsPattern(box(other, true))
        .containsPattern(box(unticked, false))
        .doesNotContain("theirs.example");
    assertThat(served.transport.requestsTo("https://mine.example/unticked")).isEmpty();
    assertThat(unticked.enabled()).isTrue();
    String theirs = to + "&endpoint=" + scene.theirs.id();
    assertThat(scene.post(cookie, "/portal/event-types/test", theirs).status()).isEqualTo(404);
    assertThat(scene.post(cookie, "/portal/event-types/test", "type=license_created").body())
        .contains("Select 1 to 10 endpoints.");
    assertThat(served.transport.requestsTo(PortalScene.THEIRS)).isEmpty();
  }

  @Test
  void initiallyTickedEndpointCanReceive() {
    Endpoint other = scene.endpoint("https://mine.example/other", "c-1");
    String first = scene.page(cookie, PAGE).body();
    assertThat(first).containsPattern(box(other, true)).containsPattern(box(scene.mine, false));

    pause(other);
    String second = scene.page(cookie, PAGE).body();
    assertThat(second).containsPattern(box(other, false)).containsPattern(box(scene.mine, true));
    assertThat(second).doesNotContain("paused or disabled");

    pause(scene.mine);
    assertThat(scene.page(cookie, PAGE).body())
        .containsPattern(box(scene.mine, false))
        .contains(
            "All of these endpoints are paused or disabled.", "but the example will be sent.");
    String form = "type=license_created&endpoint=" + scene.mine.id();
    assertThat(scene.posted(cookie, "/portal/event-types/test", form).body())
        .contains("The example arrived.");
    served.webhooks.endpoints().remove(SiteId.DEFAULT, other.id());
    assertThat(scene.page(cookie, PAGE).body()).contains("This endpoint is paused or disabled.");
  }

  private void pause(Endpoint endpoint) {
    var unused =
        served
            .webhooks
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().enabled(false));
  }

  private static String box(Endpoint endpoint, boolean isTicked) {
    return "name=\"endpoint\" value=\"" + endpoint.id() + "\"" + (isTicked ? " checked>" : ">");
  }

  @Test
  void aDeliveryLeadsToItsType() {
    scene.publish(customer -> "{}");
    assertThat(scene.page(cookie, "/portal/deliveries/" + scene.deliveryTo(scene.mine)).body())
        .contains("<a href=\"" + PAGE + "\"><code>license_created</code></a>");
  }
}
