package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryQueuePageTest {
  private static final String PAGE = "/sites/default/retry-queue";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void nothingWaitsAtFirst() {
    assertThat(admin.get(PAGE).body())
        .contains("Nothing is waiting.")
        .doesNotContain("oldest waiting");
  }

  @Test
  void whatFailedSaysUntilWhenAndWhyItWaits() {
    Delivery delivery = failed(503);
    assertThat(admin.get(PAGE).body())
        .contains(CRM, "license_created", delivery.id().toString(), ">in 5 min</time>")
        .contains("aria-label=\"Select all on this page (1)\"", "data-usual=\"Retry selected\"")
        .contains("<td class=\"reason\" title=\"HTTP 503\">HTTP 503</td>")
        .doesNotContain("scheduled");
    assertThat(admin.get(PAGE + "?state=held").body()).contains("Nothing is on hold.");
    assertThat(admin.get(PAGE + "?endpoint=" + delivery.endpoint()).body()).contains(CRM);
    Person.Shown wrong = admin.get(PAGE + "?code=nothing");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("HTTP status from 100 to 599");
  }

  /** It once said that it is sent as soon as there is room, and that the endpoint is quiet. */
  @Test
  void whatFailsOnOurSideSaysSoEverywhere() {
    Endpoint endpoint = place.endpoint(CRM, "*");
    Outcome down =
        Outcome.failed(OutcomeKind.RESOLVER_ERROR, "our resolver is down", Duration.ZERO);
    place.transport.responding(CRM, n -> down);
    place.publish("license_created", "{}");
    Poll.until(() -> !place.hookferry.condition().faults().isEmpty());
    String delivery = place.deliveries().get(0).id().toString();

    for (String page :
        List.of(PAGE, "/sites/default/deliveries/" + delivery, "/sites/default/endpoints")) {
      assertThat(admin.get(page).body())
          .as(page)
          .containsIgnoringCase("attempts fail inside Hookferry: our resolver is down")
          .contains("A problem of this server: the name resolver does not respond")
          .doesNotContain("as soon as there is room", ">quiet<");
    }
    assertThat(admin.get("/system").body()).contains("Our resolver is down, once, ");
    assertThat(place.person(SiteId.DEFAULT, Scope.READ).get(PAGE).body())
        .contains("A problem of this server")
        .doesNotContain("Our resolver is down, once");
    place.transport.responding(CRM, 200);
    place.clock.advance(Duration.ofMinutes(1));
    Poll.until(() -> state() == DeliveryState.DELIVERED);
    assertThat(admin.get(PAGE).body()).doesNotContain("A problem of this server");
    assertThat(endpoint.enabled()).isTrue();
  }

  @Test
  void whatRestsSaysThatItsEndpointIsPaused() {
    Delivery delivery = failed(503);
    change(delivery, EndpointSpec.change().enabled(false));
    assertThat(admin.get(PAGE + "?state=held").body())
        .contains(delivery.id().toString(), "paused</span>", "1 delivery below")
        .contains("<td class=\"reason\" title=\"HTTP 503\">HTTP 503</td>")
        .as("says once what its rows have in common")
        .doesNotContain("Retry selected", "endpoint paused", ">Next attempt<");
    assertThat(admin.get(PAGE).body())
        .as("opens the tab that is not empty")
        .contains("1 delivery below", "On hold (1)", "oldest waiting ");
    assertThat(admin.get(PAGE + "?state=pending").body())
        .contains("Nothing is pending.", "1 is on hold. <a href=\"" + PAGE + "?state=held\">")
        .doesNotContain("Nothing is waiting.");
  }

  @Test
  void theChosenOnesAreSentNow() {
    Delivery delivery = failed(500);
    place.transport.responding(CRM, 200);
    assertThat(admin.post(PAGE + "/retry", "id=" + delivery.id()).body())
        .contains("Retrying 1 delivery; the outcomes appear");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
  }

  @Test
  void allThatMatchesIsRetriedAtOnce() {
    Delivery delivery = failed(500);
    place.clock.advance(Duration.ofSeconds(1));
    String filter = "?endpoint=" + delivery.endpoint();
    assertThat(admin.get(PAGE + filter).body())
        .contains(
            "/sites/default/deliveries/all?endpoint="
                + delivery.endpoint()
                + "&amp;status=pending&amp;list=retry-queue\">Retry all 1…");
    assertThat(admin.get(PAGE + filter + "&state=held").body()).doesNotContain("Retry all");
    String all = "/sites/default/deliveries/all" + filter + "&status=pending";
    assertThat(admin.get(all).body())
        .contains("The next attempt is made now", "name=\"send\" value=\"pending\">");
    assertThat(state()).isEqualTo(DeliveryState.PENDING);
    assertThat(admin.get(all + "&list=retry-queue&range=1h").body())
        .contains("<h1>Retry 1 pending delivery</h1>", "<span>created in the last hour</span>")
        .contains(
            "<a href=\"" + PAGE + filter + "&amp;range=1h&amp;state=pending\">Retry queue</a></p>")
        .containsPattern("aria-current=\"page\">Retry queue<");

    place.transport.responding(CRM, 200);
    String form = "send=pending&rate=100&since=2026-01-01T00:00:00Z&until=2026-01-01T12:00:01Z";
    assertThat(admin.post(all, form).body()).contains("Retry started", "as a replay");
    Poll.until(() -> state() == DeliveryState.DELIVERED);
  }

  @Test
  void columnsAreChosenAsInTheListOfDeliveries() {
    Delivery delivery = failed(503);
    String plain = admin.get(PAGE).body();
    assertThat(plain)
        .doesNotContain("<th scope=\"col\" class=\"value-head\">No</th>", ">Response</th>");
    Person.Shown chosen = admin.get(PAGE + "?col=event&col=code&field=No");
    assertThat(chosen.body())
        .contains("<th scope=\"col\" class=\"value-head\">No</th>", ">Response</th>", ">503</td>")
        .contains("title=\"" + delivery.event() + "\"");
  }

  @Test
  void cancellingNamesWhatGoesAndAsksFirst() {
    Delivery delivery = failed(503);
    assertThat(admin.post(PAGE + "/cancel", "id=" + delivery.id()).body())
        .contains("Cancel 1 delivery?", CRM, "value=\"" + delivery.id() + "\"");
    assertThat(state()).isEqualTo(DeliveryState.PENDING);
    assertThat(admin.post(PAGE + "/cancel/confirm", "id=" + delivery.id()).body())
        .contains("1 delivery cancelled.");
    assertThat(state()).isEqualTo(DeliveryState.CANCELLED);
    String filtered = "?endpoint=" + delivery.endpoint();
    assertThat(admin.post(PAGE + "/cancel" + filtered, "id=" + delivery.id()).body())
        .contains(PAGE + "/cancel/confirm" + filtered, "href=\"" + PAGE + filtered + "\"");
    assertThat(admin.post(PAGE + "/cancel/confirm", "id=" + delivery.id()).body())
        .contains("0 deliveries cancelled. Failed: ", "nothing to cancel");
  }

  @Test
  void reportsAnEmptyOrUnknownSelection() {
    assertThat(admin.post(PAGE + "/retry", "").body()).contains("Select 1 to 500");
    assertThat(admin.post(PAGE + "/cancel", "id=dlv_none").body()).contains("Not done");
  }

  @Test
  void whoMayOnlyReadCanChangeNothing() {
    Delivery delivery = failed(503);
    Person reader = place.person(null, Scope.READ);
    assertThat(reader.get(PAGE).body()).contains(CRM).doesNotContain("Cancel selected");
    assertThat(reader.post(PAGE + "/retry", "id=" + delivery.id()).status()).isEqualTo(403);
    assertThat(reader.post(PAGE + "/cancel/confirm", "id=" + delivery.id()).status())
        .isEqualTo(403);
  }

  private Delivery failed(int status) {
    place.transport.responding(CRM, status);
    Endpoint unused = place.endpoint(CRM, "*");
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
    return place.deliveries().get(0);
  }

  private void change(Delivery delivery, EndpointSpec change) {
    var unused =
        place.hookferry.webhooks().endpoints().change(SiteId.DEFAULT, delivery.endpoint(), change);
  }

  private DeliveryState state() {
    return place.deliveries().get(0).state();
  }
}
