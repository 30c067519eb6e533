package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Banners about endpoints that fail or are disabled. */
class PortalNoticesTest {
  private static final String ALL = ",\"can\":[\"retry\",\"manage\"]";
  private static final String NONE = ",\"can\":[]";
  private static final String GONE = " has been disabled since <time ";
  private static final String RETRY = "/portal/deliveries/retry?status=exhausted&endpoint=";
  private static final String FAILING = "mine.example/hook is failing: HTTP 400.";

  private final PortalScene scene =
      new PortalScene("{\"enabled\":true,\"theme\":{\"productName\":\"Acme\"}}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @BeforeEach
  void sendOnce() {
    scene.sendOnce();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private List<String> pages(String cookie) {
    return List.of(scene.page(cookie, "/portal/").body(), scene.page(cookie, endpoint).body());
  }

  @Test
  void aDisabledEndpointCanBeResumedFromItsNotice() {
    served.transport.responding(PortalScene.MINE, 410);
    scene.publish("c-1", 1);
    Poll.until(() -> !served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).enabled());

    assertThat(pages(scene.cookie(NONE)))
        .allSatisfy(
            page ->
                assertThat(page)
                    .contains(
                        "mine.example/hook" + GONE,
                        "Ask Acme to correct the URL and resume deliveries.")
                    .contains("<time datetime=\"")
                    .doesNotContain("method=\"post\""));
    String cookie = scene.cookie(ALL);
    assertThat(pages(cookie))
        .allSatisfy(page -> assertThat(page).contains("mine.example/hook" + GONE, "resume"));
    assertThat(scene.page(cookie, endpoint).body())
        .contains("action=\"" + endpoint + "/resume\"", "Correct the URL, then resume.")
        .doesNotContain("/pause\"");
    served.transport.responding(PortalScene.MINE, 200);
    assertThat(scene.post(cookie, endpoint + "/resume", "").status()).isEqualTo(303);
    assertThat(pages(cookie)).allSatisfy(page -> assertThat(page).doesNotContain(GONE));
  }

  @Test
  void aFailingEndpointLeadsToTheRetryOfWhatFailed() {
    served.transport.responding(PortalScene.MINE, 400);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER - 1);
    String cookie = scene.cookie(ALL);
    assertThat(pages(cookie)).allSatisfy(page -> assertThat(page).doesNotContain("is failing"));
    scene.publish("c-1", 1);

    assertThat(pages(cookie))
        .allSatisfy(
            page ->
                assertThat(page)
                    .contains(
                        FAILING,
                        "Your endpoint did not understand the event.",
                        "Show this delivery",
                        "works again, retry the failed deliveries.",
                        "\">10 deliveries failed</a>",
                        "\">Retry 10 failed deliveries…</a>",
                        RETRY.replace("&", "&amp;") + scene.mine.id() + "&amp;from="));
    assertThat(pages(cookie).get(0))
        .doesNotContain("from the last 24 hours", "/retry?status=exhausted&amp;range=24h");
    Answer review = scene.page(cookie, RETRY + scene.mine.id());
    assertThat(review.body())
        .contains("Retry 10 failed deliveries to mine.example/hook?", "Retry 10");
    assertThat(pages(scene.cookie(NONE)))
        .allSatisfy(
            page ->
                assertThat(page)
                    .contains(FAILING, "ask Acme to retry the failed deliveries")
                    .doesNotContain("/portal/deliveries/retry"));
    assertThat(scene.page(scene.cookie(ALL + ",\"locale\":\"de\""), "/portal/").body())
        .contains("mine.example/hook ist gestört: HTTP 400.");
  }

  @Test
  void anEndpointOfAnotherCustomerIsNotMentioned() {
    served.transport.responding(PortalScene.THEIRS, 400);
    scene.publish("c-2", EndpointHealth.FAILING_AFTER);

    assertThat(pages(scene.cookie(ALL)))
        .allSatisfy(page -> assertThat(page).doesNotContain("is failing", "theirs.example"));
  }

  @Test
  void customersDoNotSubscribeToOperationalEvents() {
    String token = scene.token(ALL);
    String types = "{\"url\":\"https://new.example/\",\"eventTypes\":[\"%s\"]}";
    for (String type : List.of("endpoint_failing", "portal.session_started")) {
      Answer refused = scene.call(token, "POST", "/endpoints", types.formatted(type));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("must not name the operational event " + type);
      String change = "{\"eventTypes\":[\"license_*\",\"" + type + "\"]}";
      String path = "/endpoints/" + scene.mine.id();
      assertThat(scene.call(token, "PATCH", path, change).status()).isEqualTo(400);
    }
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(2);
  }
}
