package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of blocked keys, and the ways to unblock them. */
class BlockedKeyPagesTest {
  private static final String CRM = "https://crm.example/hook";
  private static final String DELIVERIES = "/sites/default/deliveries/";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();
  private EndpointId endpoint;
  private Delivery blocked;

  @BeforeEach
  void block() {
    var unused =
        place
            .hookferry
            .webhooks()
            .settings()
            .update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    endpoint =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to(CRM).types("*").order(DeliveryOrder.BY_KEY))
            .endpoint()
            .id();
    place.transport.responding(CRM, 500);
    publish("license <4711>");
    publish("license <4711>");
    Poll.until(() -> of(DeliveryState.BLOCKED).size() == 1);
    blocked = of(DeliveryState.BLOCKED).get(0);
    place.transport.responding(CRM, 200);
  }

  private void publish(String key) {
    NewEvent event = NewEvent.of("license_created", "{}").orderingKey(key);
    var unused = place.hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
  }

  private List<Delivery> of(DeliveryState state) {
    return place.deliveries().stream().filter(one -> one.state() == state).toList();
  }

  @Test
  void theEndpointShowsTheKeyAndTheDeliveryThatBlocksIt() {
    String page = admin.get("/sites/default/endpoints/" + endpoint).body();

    assertThat(page)
        .contains("Blocked keys", "license &lt;4711&gt;", DELIVERIES + blocked.id())
        .containsPattern("Waiting behind it\">1<")
        .as("what needs a person is above the charts")
        .containsSubsequence("id=\"blocked\"", "id=\"health\"", "class=\"head range\"")
        .doesNotContain("license <4711>");
    assertThat(admin.get("/sites/default/deliveries?status=blocked").body())
        .contains(blocked.id().toString());
    assertThat(admin.get(DELIVERIES + blocked.id()).body())
        .contains("blocks its ordering key", "Retry", "Skip");
  }

  @Test
  void whatWaitsBehindABlockedKeyIsCountedOnEveryPage() {
    String problem = "1 ordering key is blocked; 1 delivery waits behind it.";
    assertThat(admin.get("/sites/default").body())
        .contains(problem, "retry-queue?state=blocked&amp;endpoint=" + endpoint)
        .containsPattern(
            "<b>1</b><a href=\"/sites/default/retry-queue\" title=\"[^\"]+\">deliveries"
                + " waiting</a>");
    assertThat(admin.get("/sites/default/problems").body()).contains(problem);
    assertThat(admin.get("/sites/default/endpoints").body()).contains("1 blocked");
    for (String page : List.of("", "/problems", "/endpoints", "/endpoints/" + endpoint)) {
      assertThat(admin.get("/sites/default" + page).body())
          .as(page)
          .contains("1 ordering key is blocked; 1 delivery waits behind it")
          .containsPattern("status bad\"[^\\n]*blocked</span>")
          .doesNotContain("the last attempt failed");
    }
    assertThat(admin.get("/sites/default/endpoints/" + endpoint).body())
        .contains("<b>1</b><span>Waiting</span> <small>oldest ", "<dt>Blocked keys</dt>");
  }

  @Test
  void anEndpointWithABlockedKeyIsCountedAlikeEverywhere() {
    assertThat(admin.get("/sites/default").body()).contains("1 of 1 endpoint is not working");
    assertThat(admin.get("/sites/default/counts").body()).contains("\"/problems\":\"1\"");
    assertThat(admin.get("/sites").body()).contains("1 of 1 not working</span>");
    assertThat(admin.get("/sites/default/problems").body()).doesNotContain("Being retried");
  }

  /** It once read "Waiting 0, oldest 5 s ago". */
  @Test
  void aKeyWithNothingBehindItSaysSo() {
    DeliveryId behind = of(DeliveryState.WAITING).get(0).id();
    var unused = place.webhooks().deliveries().cancel(SiteId.DEFAULT, behind);
    String page = "/sites/default/endpoints/" + endpoint;
    Poll.until(() -> admin.get(page).body().contains("key is blocked; nothing waits behind it."));
    assertThat(admin.get(page).body())
        .contains("<div class=\"figure\"><b>0</b><span>Waiting</span></div>")
        .containsPattern("<a href=\"#blocked\">1</a>, blocked since <time");
  }

  @Test
  void theRetryQueueHasBothStates() {
    String waiting = admin.get("/sites/default/retry-queue?state=waiting").body();
    assertThat(waiting)
        .contains("Waiting their turn (1)", "Blocked (1)")
        .contains("an earlier event with ordering key")
        .doesNotContain("Retry selected", "Skip selected");
    assertThat(admin.get("/sites/default/retry-queue?state=blocked").body())
        .contains(blocked.id().toString(), "Retry selected", "Skip selected");

    admin.post("/sites/default/retry-queue/skip?state=blocked", "id=" + blocked.id());

    Poll.until(() -> of(DeliveryState.DELIVERED).size() == 1);
    assertThat(of(DeliveryState.EXHAUSTED)).extracting(Delivery::id).containsExactly(blocked.id());
  }

  @Test
  void whoWantsToSendAllAgainIsLedToTheBlockedOnes() {
    String all = "/sites/default/deliveries/all?status=exhausted&status=pending&endpoint=";
    assertThat(admin.get(all + endpoint).body())
        .contains("1 delivery blocks its ordering key, and 1 waits behind it.")
        .contains("retry-queue?state=blocked&amp;endpoint=" + endpoint)
        .doesNotContain("Nothing to send");

    place.pause(blocked.endpoint());
    publish("another");
    assertThat(admin.get(all + endpoint).body())
        .containsPattern("1 delivery is on hold because \\S+ is paused\\. Resume it to send it\\.");
    String given = "/sites/default/deliveries/all?status=exhausted&endpoint=" + endpoint;
    assertThat(admin.get(given).body())
        .as("the filter leaves it out")
        .contains("Nothing to send")
        .doesNotContain("on hold", "blocks its ordering key");
  }

  @Test
  void allBlockedOnesAreRetriedTogether() {
    String all = "/sites/default/deliveries/all?status=blocked&endpoint=" + endpoint;
    String link = "href=\"" + all.replace("&", "&amp;") + "\">Retry all 1…";
    assertThat(admin.get("/sites/default/endpoints/" + endpoint).body()).contains(link);
    assertThat(admin.get("/sites/default/retry-queue?state=blocked&endpoint=" + endpoint).body())
        .contains("Retry all 1…", "status=blocked");
    assertThat(admin.get(all).body())
        .contains(
            "name=\"send\" value=\"blocked\">",
            ">Retry 1 delivery<",
            "Each blocks its ordering key")
        .contains("1 delivery blocks its ordering key, and 1 waits behind it. Retry it here");

    String form = "&since=1970-01-01T00:00:00Z&until=2100-01-01T00:00:00Z&rate=10";
    assertThat(admin.post(all, "send=blocked" + form).body()).contains("Retrying 1 delivery");
    Poll.until(() -> of(DeliveryState.DELIVERED).size() == 2);
  }

  @Test
  void aWaitingDeliveryLeadsToTheOneItWaitsFor() {
    String page = admin.get(DELIVERIES + of(DeliveryState.WAITING).get(0).id()).body();

    assertThat(page)
        .contains("It waits behind <a href=\"" + DELIVERIES + blocked.id() + "\">")
        .contains("which blocks its ordering key: retry or skip that one first.")
        .doesNotContain("Retry now");
    assertThat(admin.get("/sites/default/endpoints/" + endpoint).body())
        .contains(DELIVERIES + blocked.id() + "/retry\"", DELIVERIES + blocked.id() + "/skip\"");
  }

  @Test
  void removingTheEndpointShowsWhatIsCancelled() {
    String path = "/sites/default/endpoints/" + endpoint;
    String text = "Its 2 open deliveries (1 waiting, 1 blocked) are cancelled.";
    assertThat(admin.get(path).body()).contains(text);

    assertThat(admin.post(path + "/remove", "").body()).contains("was removed.</strong><p>" + text);
  }

  @Test
  void retryUnblocksTheKey() {
    admin.post(DELIVERIES + blocked.id() + "/retry", "");

    Poll.until(() -> of(DeliveryState.DELIVERED).size() == 2);
    assertThat(admin.get("/sites/default/endpoints/" + endpoint).body())
        .doesNotContain("Blocked keys");
  }

  @Test
  void aSkipGivesUpOneDelivery() {
    admin.post(DELIVERIES + blocked.id() + "/skip", "");

    Poll.until(() -> of(DeliveryState.DELIVERED).size() == 1);
    assertThat(of(DeliveryState.EXHAUSTED)).extracting(Delivery::id).containsExactly(blocked.id());
    assertThat(admin.get(DELIVERIES + blocked.id()).body())
        .containsPattern("\\. Skipped by test <time")
        .containsPattern(
            "blocked</b>[^\\n"
                + "]*no retries left[\\s\\S]*skipped</b>[^\\n"
                + "]*<span class=\"soft\">by test<")
        .doesNotContain("given up</b>");

    place.clock.advance(Duration.ofSeconds(1));
    admin.post(DELIVERIES + blocked.id() + "/retry", "");
    Poll.until(() -> of(DeliveryState.DELIVERED).size() == 2);
    assertThat(admin.get(DELIVERIES + blocked.id()).body())
        .containsPattern("skipped</b>[\\s\\S]*retried</b>[\\s\\S]*attempt 2</b>");
  }

  @Test
  void whoMayOnlyReadSeesTheKeyAndCannotSkip() {
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.get("/sites/default/endpoints/" + endpoint).body()).contains("Blocked keys");
    assertThat(reader.get(DELIVERIES + blocked.id()).body()).doesNotContain("/skip\"");

    assertThat(reader.post(DELIVERIES + blocked.id() + "/skip", "").status()).isEqualTo(403);
    assertThat(of(DeliveryState.BLOCKED)).hasSize(1);
  }
}
