package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.RoutingOutcome;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SentRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint whose URL takes values from the event, from registration to the log. */
class UrlTemplatesTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final String URL = "https://api.example/{tenant}/hook";
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");
  private static final NewEvent ACME = EVENT.routing("tenant", "a/b c");
  private static final String SENT = "https://api.example/a%2Fb%20c/hook";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void sendsToTheUrlThatTheEventMakesAndLogsIt() {
    EndpointId id = create(EndpointSpec.to(URL).types("*").uid("tenants"));
    embedded.transport.responding(SENT, 200);

    assertThat(publish(ACME).deliveries()).isEqualTo(1);
    embedded.awaitSettled(1);

    assertThat(embedded.transport.requestsTo(SENT)).hasSize(1);
    assertThat(attempts()).extracting(Attempt::url).containsExactly(SENT);
    Attempt attempt = attempts().get(0);
    Event event = embedded.webhooks.events().get(SITE, attempt.event()).event();
    assertThat(embedded.webhooks.deliveries().sent(attempt, event))
        .get()
        .extracting(SentRequest::url)
        .isEqualTo(SENT);
    assertThat(endpoints.get(SITE, id).url().text()).isEqualTo(URL);
  }

  @Test
  void retriesOfAnotherProcessGoToTheSameUrl() {
    create(EndpointSpec.to(URL).types("*"));
    embedded.transport.responding(SENT, n -> ScriptedTransport.status(n < 2 ? 500 : 200));
    publish(ACME);
    Poll.until(() -> attempts().size() == 1);
    embedded.hookferry.close();
    embedded.clock.advance(Duration.ofHours(1));
    try (Hookferry again = embedded.with(embedded.listener)) {
      embedded.awaitSettled(1);
      assertThat(again.webhooks().deliveries().attempts(AttemptQuery.ofSite(SITE)).data())
          .extracting(Attempt::url)
          .containsExactly(SENT, SENT);
    }
  }

  @Test
  void anEventWithoutTheValueIsNotRoutable() {
    List<Integer> told = new ArrayList<>();
    Listener counting =
        new Listener() {
          @Override
          public void unroutable(Event event, int count) {
            told.add(count);
          }
        };
    create(EndpointSpec.to(URL).types("*"));
    embedded.hookferry.close();
    try (Hookferry other = embedded.with(counting)) {
      Receipt receipt = other.webhooks().publish(SITE, EVENT).join();
      EventId dots = other.webhooks().publish(SITE, EVENT.routing("tenant", "..")).join().id();

      assertThat(receipt.deliveries()).isZero();
      EndpointRouting why = routing(other, receipt.id());
      assertThat(why.outcome()).isEqualTo(RoutingOutcome.NOT_ROUTABLE);
      assertThat(why.sentence())
          .isEqualTo("The event's routing must have a value tenant, which the URL needs.");
      assertThat(routing(other, dots).sentence())
          .isEqualTo(
              "The event's routing turns {tenant} into an empty segment, . or .. of the URL's path.");
      other.close();
      assertThat(told).containsExactly(1, 1);
    }
  }

  @Test
  void anAddressedEventWithoutTheValueIsRefused() {
    create(EndpointSpec.to(URL).types("*").uid("tenants"));

    assertThatThrownBy(() -> publish(EVENT.to("tenants")))
        .isInstanceOf(InvalidException.class)
        .hasMessage("routing: must have a value tenant, which the URL needs (to[0])");
    assertThatThrownBy(() -> publish(EVENT.to("tenants").routing("tenant", "")))
        .hasMessageStartingWith("routing: turns {tenant} into an empty segment");
    assertThat(publish(ACME.to("tenants")).deliveries()).isEqualTo(1);
  }

  @Test
  void aRepeatIsRecognizedAfterTheUrlNeedsOtherValues() {
    EndpointId id = create(EndpointSpec.to("https://a.example/").types("*").uid("crm"));
    NewEvent once = EVENT.to("crm").id("order-1");
    Receipt first = publish(once);

    endpoints.change(SITE, id, EndpointSpec.change().url(URL));

    assertThat(publish(once)).isEqualTo(new Receipt(first.id(), 1, true));
    assertThatThrownBy(() -> publish(once.id("order-2"))).isInstanceOf(InvalidException.class);
  }

  @Test
  void pendingDeliveriesFailVisiblyIfTheNewUrlNeedsMoreValues() {
    EndpointId id = create(EndpointSpec.to("https://a.example/").types("*"));
    embedded.transport.responding("https://a.example/", 500);
    publish(EVENT);
    Poll.until(() -> attempts().size() == 1);

    endpoints.change(SITE, id, EndpointSpec.change().url(URL));
    embedded.clock.advance(Duration.ofHours(1));
    Poll.until(() -> attempts().size() == 2);

    Attempt attempt = attempts().get(0);
    assertThat(attempt.outcome().kind()).isEqualTo(OutcomeKind.NOT_ROUTABLE);
    assertThat(attempt.outcome().detail())
        .isEqualTo("routing must have a value tenant, which the URL needs");
    assertThat(attempt.url()).isEqualTo(URL);
    Event event = embedded.webhooks.events().get(SITE, attempt.event()).event();
    assertThat(embedded.webhooks.deliveries().sent(attempt, event)).isEmpty();
    assertThat(endpoints.health(endpoints.get(SITE, id)).state())
        .isEqualTo(EndpointHealth.State.WORKING);
    assertThat(embedded.deliveries(DeliveryState.PENDING)).hasSize(1);

    endpoints.change(SITE, id, EndpointSpec.change().url("https://b.example/"));
    embedded.clock.advance(Duration.ofHours(1));
    embedded.awaitSettled(1);
    assertThat(attempts().get(0).url()).isEqualTo("https://b.example/");
  }

  @Test
  void aResendToAUrlThatNeedsMoreIsRefused() {
    EndpointId id = create(EndpointSpec.to(URL).types("customer_*"));
    EventId event = publish(EVENT).id();
    EventId good = publish(ACME).id();

    assertThatThrownBy(() -> embedded.webhooks.events().resend(SITE, event, List.of(id)))
        .hasMessage(
            "endpoints[0]: the event's routing must have a value tenant, which the URL needs");
    assertThat(embedded.webhooks.events().resend(SITE, good, List.of(id)).join()).hasSize(1);
  }

  @Test
  void aTestHasSampleValues() {
    EndpointId id = create(EndpointSpec.to(URL).types("license_*"));

    assertThat(endpoints.test(SITE, id).join().url()).isEqualTo("https://api.example/tenant/hook");
    EndpointTrial trial = endpoints.probe(SITE, EndpointSpec.to(URL + "?at={place}"), null).join();
    assertThat(trial.attempt().url()).isEqualTo("https://api.example/tenant/hook?at=place");
    assertThat(trial.sent().url()).isEqualTo(trial.attempt().url());
  }

  @Test
  void qlmUrlListsMayHaveTemplates() {
    Settings settings = embedded.webhooks.settings();
    Map<String, Object> unused =
        settings.changeServerProperties(
            SITE, Map.of("license_created", URL + ";https://b.example/"));

    assertThat(settings.serverProperties(SITE).get("license_created")).asString().contains(URL);
    assertThat(publish(ACME).deliveries()).isEqualTo(2);
  }

  private EndpointId create(EndpointSpec spec) {
    return endpoints.create(SITE, spec).endpoint().id();
  }

  private Receipt publish(NewEvent event) {
    try {
      return embedded.webhooks.publish(SITE, event).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private List<Attempt> attempts() {
    return embedded.webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data();
  }

  private static EndpointRouting routing(Hookferry hookferry, EventId event) {
    return hookferry.webhooks().events().routing(SITE, event, PageRequest.FIRST).data().get(0);
  }
}
