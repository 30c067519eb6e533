package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryTimelineTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private void retries(RetrySettings retry) {
    var unused = place.webhooks().settings().update(SiteId.DEFAULT, s -> s.retry(r -> retry));
  }

  private static String page(Delivery delivery) {
    return "/sites/default/deliveries/" + delivery.id();
  }

  /** Quick retries before it were once said to be the person's, too. */
  @Test
  void aRetryMarksOnlyTheAttemptThatItCaused() {
    retries(RetrySettings.schedule(List.of(Duration.ofSeconds(2), Duration.ofHours(1))));
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    place.clock.advance(Duration.ofSeconds(3));
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);
    place.clock.advance(Duration.ofSeconds(1));
    String page = page(place.deliveries().get(0));
    admin.post(page + "/retry", "");
    Poll.until(() -> place.deliveries().get(0).attempts() == 3);

    String shown = admin.get(page).body();

    assertThat(shown.split("retried<", -1)).as(shown).hasSize(2);
    assertThat(shown)
        .containsPattern("attempt 2<[\\s\\S]*retried<[\\s\\S]*by test[\\s\\S]*attempt 3<");
  }

  @Test
  void onlyAReplayIsLinked() {
    retries(RetrySettings.of(0, Duration.ofMinutes(1)));
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 500);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.EXHAUSTED);
    place.clock.advance(Duration.ofSeconds(1));
    Person bot = new Person(place.console);
    bot.signIn(place.webhooks().keys().create("rpl_bot", Set.of(Scope.ADMIN), null).text());
    String page = page(place.deliveries().get(0));
    bot.get(page);
    bot.post(page + "/retry", "");
    Poll.until(() -> place.deliveries().get(0).attempts() == 2);
    assertThat(admin.get(page).body())
        .contains("by rpl_bot</span>")
        .doesNotContain("/replays/rpl_");

    place.clock.advance(Duration.ofSeconds(1));
    var window = ReplayWindow.since(place.clock.instant().minusSeconds(60));
    var job = place.webhooks().replays().start(SiteId.DEFAULT, window, 10);
    Poll.until(() -> place.deliveries().get(0).attempts() == 3);

    assertThat(admin.get(page).body())
        .contains("by replay <a href=\"/sites/default/replays/" + job.id() + "\">");
  }

  @Test
  void aWaitingDeliveryEndsBlocked() {
    retries(RetrySettings.of(0, Duration.ofMinutes(1)));
    var unused =
        place
            .webhooks()
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to(CRM).types("*").order(DeliveryOrder.BY_KEY));
    place.transport.responding(CRM, 500);
    NewEvent event = NewEvent.of("license_created", "{}").orderingKey("4711");
    var first = place.webhooks().publish(SiteId.DEFAULT, event).join();
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.BLOCKED);
    var second = place.webhooks().publish(SiteId.DEFAULT, event).join();
    assertThat(first.id()).isNotEqualTo(second.id());

    Delivery waiting =
        place.deliveries().stream()
            .filter(one -> one.state() == DeliveryState.WAITING)
            .findFirst()
            .orElseThrow();

    assertThat(admin.get(page(waiting)).body())
        .contains("blocked</b>", "if that fails")
        .doesNotContain("given up</b>", "after 1 attempts");
  }

  /** Its retry interval says nothing about the time at which its turn comes. */
  @Test
  void noTimeIsPromisedWhileTheEndpointIsProbed() {
    retries(RetrySettings.of(5, Duration.ofMinutes(5)));
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 503);
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      place.publish("license_created", "{}");
      int sent = i + 1;
      Poll.until(
          () -> {
            place.clock.advance(Duration.ofSeconds(1));
            return place.deliveries().stream().filter(one -> one.attempts() > 0).count() == sent;
          });
    }
    String endpoints = admin.get("/sites/default/endpoints?state=failing").body();
    String shown = admin.get(page(place.deliveries().get(0))).body();

    assertThat(endpoints).contains("crm.example", "after 10 failures in a row");
    assertThat(shown).contains("when its turn comes").doesNotContain("limited");
    assertThat(shown)
        .containsPattern("attempt 2</b>\\s*<[^>]*>–<[\\s\\S]*given up</b>\\s*<[^>]*>–<");
  }
}
