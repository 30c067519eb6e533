package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.transport.SignedRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event is sent to endpoints that somebody chooses. */
class EventResendTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final String CRM = "https://crm.example/in";
  private static final String ERP = "https://erp.example/in";

  private final Embedded embedded = new Embedded();
  private final Events events = embedded.webhooks.events();

  @AfterEach
  void close() {
    embedded.close();
  }

  private EndpointId endpoint(String url, String type) {
    embedded.transport.responding(url, 200);
    return embedded
        .webhooks
        .endpoints()
        .create(SITE, EndpointSpec.to(url).types(type))
        .endpoint()
        .id();
  }

  private EventId published() {
    return embedded.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join().id();
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse("");
  }

  private List<Delivery> replay(EventId event, EndpointId... endpoints) {
    return events.resend(SITE, event, List.of(endpoints)).join();
  }

  @Test
  void sendsAnEventToALaterEndpointNotSubscribedToIt() {
    EventId event = published();
    embedded.clock.advance(Duration.ofHours(30));
    EndpointId later = endpoint(CRM, "customer_created");

    List<Delivery> deliveries = replay(event, later);
    embedded.awaitSettled(1);

    assertThat(deliveries).singleElement().extracting(Delivery::endpoint).isEqualTo(later);
    assertThat(embedded.transport.requestsTo(CRM))
        .singleElement()
        .satisfies(request -> assertThat(header(request, "webhook-id")).isEqualTo(event.value()));
    Events.Details details = events.get(SITE, event);
    assertThat(details.deliveries()).singleElement().satisfies(this::isAsOldAsItsEvent);
    assertThat(embedded.deliveries(DeliveryState.DELIVERED)).hasSize(1);
  }

  /** So it is found in the window of its event, and is purged with it. */
  private void isAsOldAsItsEvent(Delivery delivery) {
    Events.Details details = events.get(SITE, delivery.event());
    assertThat(delivery.createdAt()).isEqualTo(details.event().acceptedAt());
    TimeWindow then =
        TimeWindow.ALL.since(delivery.createdAt()).until(delivery.createdAt().plusMillis(1));
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).created(then);
    assertThat(embedded.webhooks.deliveries().list(query).data()).contains(delivery);
  }

  @Test
  void anExistingDeliveryGetsAnExtraAttempt() {
    EndpointId crm = endpoint(CRM, "*");
    EventId event = published();
    embedded.awaitSettled(1);
    EndpointId erp = endpoint(ERP, "*");

    List<Delivery> deliveries = replay(event, crm, erp, crm);
    embedded.awaitSettled(3);

    assertThat(deliveries).extracting(Delivery::endpoint).containsExactlyInAnyOrder(crm, erp);
    Map<String, String> numbers = Map.of(CRM, "2", ERP, "1");
    numbers.forEach(
        (url, number) -> {
          var requests = embedded.transport.requestsTo(url);
          assertThat(header(requests.get(requests.size() - 1), "Hookferry-Attempt"))
              .isEqualTo(number);
        });
    assertThat(events.get(SITE, event).deliveries()).hasSize(2);
  }

  @Test
  void concurrentRequestsCreateOneDelivery() {
    EventId event = published();
    EndpointId crm = endpoint(CRM, "*");

    List<CompletableFuture<List<Delivery>>> asked =
        IntStream.range(0, 20).mapToObj(i -> events.resend(SITE, event, List.of(crm))).toList();

    assertThat(asked).allSatisfy(one -> assertThat(one.join()).hasSize(1));
    assertThat(events.get(SITE, event).deliveries()).hasSize(1);
  }

  @Test
  void aPausedEndpointReceivesItWhenResumed() {
    EventId event = published();
    EndpointId crm = endpoint(CRM, "*");
    embedded.webhooks.endpoints().change(SITE, crm, EndpointSpec.change().enabled(false));

    assertThat(replay(event, crm))
        .singleElement()
        .extracting(Delivery::state)
        .isEqualTo(DeliveryState.HELD);

    assertThat(embedded.transport.requests()).isEmpty();
    embedded.webhooks.endpoints().change(SITE, crm, EndpointSpec.change().enabled(true));
    embedded.awaitSettled(1);
  }

  @Test
  void invalidRequestsAreRefusedBeforeAnythingIsSent() {
    EventId event = published();
    EndpointId crm = endpoint(CRM, "*");
    EndpointId gone = endpoint(ERP, "*");
    embedded.webhooks.endpoints().remove(SITE, gone);
    SiteId other = embedded.webhooks.sites().create(new SiteId("other")).id();
    EndpointId foreign =
        embedded
            .webhooks
            .endpoints()
            .create(other, EndpointSpec.to(CRM).types("*"))
            .endpoint()
            .id();

    assertThatThrownBy(() -> replay(event)).isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> replay(event, crm, gone, foreign))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("endpoints[1]: " + gone + " is not an endpoint of this site");
    assertThatThrownBy(() -> replay(new EventId("nowhere"), crm))
        .isInstanceOf(NotFoundException.class);
    EventId test = embedded.webhooks.endpoints().test(SITE, crm).join().event();
    assertThatThrownBy(() -> replay(test, crm)).isInstanceOf(ConflictException.class);
    assertThat(events.get(SITE, event).deliveries()).isEmpty();
  }

  @Test
  void theAuditLogRecordsTheEndpoints() {
    EventId event = published();
    EndpointId crm = endpoint(CRM, "*");
    replay(event, crm);
    replay(event, crm);

    List<AuditEntry> told =
        embedded.webhooks.audit().list(AuditQuery.ALL).data().stream()
            .filter(entry -> entry.action() == AuditAction.EVENT_REPLAYED)
            .toList();

    assertThat(told).extracting(AuditEntry::target).containsOnly(event.value());
    assertThat(told)
        .extracting(AuditEntry::changes)
        .containsExactly(
            List.of(new FieldChange("endpoints", null, crm.toString())),
            List.of(
                new FieldChange("endpoints", null, crm.toString()),
                new FieldChange("firstTime", null, crm.toString())));
  }

  /** The store takes the new delivery, and rejects the extra attempt of the one that is there. */
  @Test
  void theAuditLogRecordsAPartialReplay() {
    try (Hookferry hookferry =
        Hookferry.builder(rejectingRetries(embedded.store), embedded.transport)
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      EndpointId crm = endpoint(webhooks, CRM);
      EventId event = webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join().id();
      EndpointId erp = endpoint(webhooks, ERP);
      // A retry of a delivery that is in flight would change nothing, and so not be rejected.
      Poll.until(() -> webhooks.events().get(SITE, event).deliveries().get(0).state().isFinal());

      assertThatThrownBy(webhooks.events().resend(SITE, event, List.of(crm, erp))::join)
          .hasCauseInstanceOf(UnstorableEventException.class);

      assertThat(webhooks.events().get(SITE, event).deliveries()).hasSize(2);
      assertThat(webhooks.audit().list(AuditQuery.ALL).data())
          .filteredOn(entry -> entry.action() == AuditAction.EVENT_REPLAYED)
          .singleElement()
          .extracting(AuditEntry::changes)
          .isEqualTo(
              List.of(
                  new FieldChange("endpoints", null, erp.toString()),
                  new FieldChange("firstTime", null, erp.toString()),
                  new FieldChange("failed", null, crm.toString())));
    }
  }

  private EndpointId endpoint(Webhooks webhooks, String url) {
    embedded.transport.responding(url, 200);
    return webhooks.endpoints().create(SITE, EndpointSpec.to(url).types("*")).endpoint().id();
  }

  private static Store rejectingRetries(Store store) {
    DeliveryStore deliveries =
        proxy(
            DeliveryStore.class,
            store.deliveries(),
            (method, arguments) -> {
              if (method.getName().equals("commit")
                  && ((Batch) arguments[1])
                      .commands().stream().anyMatch(Command.Retry.class::isInstance)) {
                throw new RejectedBatchException("injected", new IllegalArgumentException());
              }
              return null;
            });
    return proxy(
        Store.class,
        store,
        (method, arguments) -> method.getName().equals("deliveries") ? deliveries : null);
  }

  /** The port, but for what the function gives. */
  private static <T> T proxy(
      Class<T> port, T real, BiFunction<Method, Object[], @Nullable Object> instead) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object other = instead.apply(method, arguments);
              return other == null ? method.invoke(real, arguments) : other;
            }));
  }

  @Test
  void aReplayAfterRetentionFindsNoEvent() {
    EventId event = published();
    EndpointId crm = endpoint(CRM, "*");
    embedded.store.log().purge(embedded.clock.instant().plusSeconds(1));

    assertThatThrownBy(() -> replay(event, crm)).isInstanceOf(NotFoundException.class);
    Poll.until(() -> embedded.listener.settled().isEmpty());
  }

  /** It was once reported as done, and audited. */
  @Test
  void anEventThatWaitsForAnotherOfItsKeyIsNotResent() {
    embedded.transport.responding(CRM, 500);
    EndpointId crm =
        embedded
            .webhooks
            .endpoints()
            .create(SITE, EndpointSpec.to(CRM).types("*").order(DeliveryOrder.BY_KEY))
            .endpoint()
            .id();
    NewEvent event = NewEvent.of("license_created", "{}").orderingKey("a");
    embedded.webhooks.publish(SITE, event).join();
    EventId second = embedded.webhooks.publish(SITE, event).join().id();

    assertThatThrownBy(() -> replay(second, crm))
        .hasCauseInstanceOf(ConflictException.class)
        .hasMessageContaining("waits behind an earlier event");
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL).data())
        .noneMatch(entry -> entry.action() == AuditAction.EVENT_REPLAYED);
  }
}
