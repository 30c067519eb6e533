package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first page says each cause with the numbers of its endpoint, and totals apart from it. */
class PortalHomeTest {
  private static final String OTHER = "https://mine.example/other";
  private static final Pattern NOTE =
      Pattern.compile(
          "(?s)<div class=\"note split bad\">(.*?)</div>\\s*<p class=\"totals\">(.*?)</p>");

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private void retries(int most) {
    served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(most)));
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
  }

  private String home(String more) {
    return scene.page(scene.cookie(more), "/portal/").body();
  }

  @Test
  void aCauseHasTheNumbersOfItsEndpointAndTotalsAreApart() {
    retries(0);
    served.transport.responding(PortalScene.MINE, 400);
    publish(EndpointHealth.FAILING_AFTER);
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    Endpoint other = scene.endpoint(OTHER, "c-1");
    served.transport.hanging(OTHER);
    publish(1);
    Poll.until(() -> served.transport.hangingCount() == 1);
    Poll.until(
        () ->
            scene.all().stream().filter(one -> one.state() == DeliveryState.PENDING).count() == 1);

    Matcher said = NOTE.matcher(home(""));

    assertThat(said.find()).isTrue();
    assertThat(said.group(1))
        .contains("mine.example/hook is failing", ">11 deliveries failed</a>")
        .doesNotContain("pending", "24 hours");
    assertThat(said.group(2))
        .containsSubsequence("Created in the last 24 hours:", ">1 pending</a>", ">11 failed</a>");
    assertThat(other.url().text()).isEqualTo(OTHER);
    served.transport.release(ScriptedTransport.status(200));
  }

  @Test
  void aNewCustomerSeesThreeStepsUntilSomethingWasSent() {
    String cookie = scene.cookie(",\"can\":[\"test\",\"manage\"]");
    assertThat(scene.page(cookie, "/portal/").body())
        .containsSubsequence(
            "<h2 id=\"steps\">Get started</h2>",
            "<li class=\"done\"><h3>Add an endpoint",
            "<li class=\"next\"><h3>Send an example</h3>",
            "href=\"/portal/endpoints/" + scene.mine.id(),
            "href=\"/portal/signature\"",
            "<table class=\"cards mine\">")
        .doesNotContain("Nothing was sent", "Newest deliveries");
    served.webhooks.endpoints().remove(SiteId.DEFAULT, scene.mine.id());
    for (String page : List.of("/portal/", "/portal/endpoints")) {
      assertThat(scene.page(cookie, page).body())
          .containsSubsequence(
              "<li class=\"next\"><h3>Add an endpoint</h3>",
              "href=\"/portal/endpoints/new\"",
              "Send an example</h3>",
              "Check a signature</h3>")
          .doesNotContain("<table", "Newest deliveries");
    }
    assertThat(home(",\"can\":[\"test\"]"))
        .contains("No endpoint has been set up for you yet.")
        .doesNotContain("id=\"steps\"");
  }

  @Test
  void stepsDisappearOnceSomethingWasSent() {
    publish(1);
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.state().isFinal()));
    assertThat(home(",\"can\":[\"test\",\"manage\"]"))
        .contains("The only delivery from the last 24 hours arrived.", "Newest deliveries")
        .doesNotContain("id=\"steps\"");
  }

  @Test
  void aHeadlineHasTheDateOnlyOnAnotherDay() {
    retries(0);
    served.transport.responding(PortalScene.MINE, 410);
    publish(1);
    Poll.until(() -> !served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).enabled());
    assertThat(home(""))
        .containsPattern("disabled since <time [^>]*data-full=\"clock\">[0-9:]+.[AP]M UTC</time>")
        .containsPattern(" \\(<time [^>]*data-span>[0-9]+\u00a0s</time>\\): it responded");
    served.clock.advance(Duration.ofDays(3));
    assertThat(home(""))
        .containsPattern("data-full=\"clock\">[A-Z][a-z]{2} [0-9]+, [0-9]{4}, [^<]* UTC</time>")
        .containsPattern(" \\(<time [^>]*data-span>3\u00a0d</time>\\): it responded");
  }
}
