package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lists of deliveries tell held from pending ones, which stores do not. The site has one delivery
 * to each of three endpoints: a pending, a held and a delivered one.
 */
class DeliveryListTest {
  private static final DeliveryQuery ALL = DeliveryQuery.ofSite(Embedded.SITE);

  private final Embedded embedded = new Embedded();
  private EndpointId pending;
  private EndpointId held;
  private EndpointId delivered;

  @BeforeEach
  void publish() {
    embedded.transport.hanging("https://pending.example/");
    pending = endpoint("https://pending.example/");
    held = endpoint("https://held.example/");
    delivered = endpoint("https://delivered.example/");
    Endpoints endpoints = embedded.webhooks.endpoints();
    var unused = endpoints.change(Embedded.SITE, held, EndpointSpec.change().enabled(false));
    var published =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);
    Poll.until(() -> embedded.transport.hangingCount() == published.deliveries() - 2);
  }

  @AfterEach
  void close() {
    embedded.transport.release(ScriptedTransport.status(200)); // or closing waits for it
    embedded.close();
  }

  private EndpointId endpoint(String url) {
    return embedded
        .webhooks
        .endpoints()
        .create(Embedded.SITE, EndpointSpec.to(url).types("*"))
        .endpoint()
        .id();
  }

  private Set<EndpointId> found(DeliveryQuery query) {
    return embedded.webhooks.deliveries().list(query).data().stream()
        .map(Delivery::endpoint)
        .collect(Collectors.toSet());
  }

  @Test
  void aStateIsOneThatUsersSee() {
    assertThat(found(ALL)).containsExactlyInAnyOrder(pending, held, delivered);
    assertThat(found(ALL.state(DeliveryState.PENDING))).containsExactly(pending);
    assertThat(found(ALL.state(DeliveryState.HELD))).containsExactly(held);
    assertThat(found(ALL.state(DeliveryState.DELIVERED))).containsExactly(delivered);
    assertThat(found(ALL.states(Set.of(DeliveryState.PENDING, DeliveryState.HELD))))
        .containsExactlyInAnyOrder(pending, held);
  }

  @Test
  void statesAndEndpointsMustBothMatch() {
    DeliveryQuery isHeld = ALL.state(DeliveryState.HELD);
    DeliveryQuery isPending = ALL.state(DeliveryState.PENDING);
    assertThat(found(isHeld.endpoint(held))).containsExactly(held);
    assertThat(found(isHeld.endpoint(pending))).isEmpty();
    assertThat(found(isPending.endpoint(pending))).containsExactly(pending);
    assertThat(found(isPending.endpoint(held))).isEmpty();
    assertThat(found(isHeld.endpoints(EndpointScope.except(Set.of(held))))).isEmpty();
    assertThat(found(isPending.endpoints(EndpointScope.except(Set.of(pending))))).isEmpty();
    assertThat(found(ALL.endpoints(EndpointScope.except(Set.of(pending)))))
        .containsExactlyInAnyOrder(held, delivered);
  }

  @Test
  void anEndpointOfAnotherSiteHasNoDeliveriesHere() {
    SiteId other = new SiteId("other");
    var unused = embedded.webhooks.sites().create(other);
    EndpointId elsewhere =
        embedded
            .webhooks
            .endpoints()
            .create(other, EndpointSpec.to("https://other.example/").types("*"))
            .endpoint()
            .id();
    assertThat(found(ALL.endpoint(elsewhere))).isEmpty();
    assertThat(found(ALL.endpoints(EndpointScope.only(Set.of(elsewhere, held)))))
        .containsExactly(held);
  }

  @Test
  void heldOrPendingAreCombinedWithOtherStates() {
    assertThat(found(ALL.states(Set.of(DeliveryState.HELD, DeliveryState.DELIVERED))))
        .containsExactlyInAnyOrder(held, delivered);
    assertThat(found(ALL.states(Set.of(DeliveryState.PENDING, DeliveryState.DELIVERED))))
        .containsExactlyInAnyOrder(pending, delivered);
  }

  @Test
  void aClassOfResponsesAndAPatternOfTypesAreFound() {
    embedded.transport.responding("https://other.example/", 503);
    EndpointId other = endpoint("https://other.example/");
    var unused =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> found(ALL.statusClass(5)).contains(other));

    assertThat(found(ALL.statusClass(5))).containsExactly(other);
    assertThat(found(ALL.statusClass(2))).containsExactly(delivered);
    assertThat(found(ALL.statusClass(4))).isEmpty();
    assertThat(found(ALL.statusClass(5).state(DeliveryState.DELIVERED))).isEmpty();
    assertThat(found(ALL.statusClass(2).state(DeliveryState.DELIVERED))).containsExactly(delivered);
    assertThat(found(ALL.typePattern(new EventTypeFilter("license_*")).endpoint(held)))
        .containsExactly(held);
    assertThat(found(ALL.typePattern(new EventTypeFilter("customer_*")))).isEmpty();
    assertThat(found(ALL.typePattern(new EventTypeFilter("license_*")).statusCode(503)))
        .containsExactly(other);
    assertThat(found(ALL.typePattern(new EventTypeFilter("customer_*")).statusCode(503))).isEmpty();
    assertThatThrownBy(() -> ALL.statusClass(6)).hasMessage("statusClass: must be from 1 to 5");
  }

  @Test
  void aScanReadsABoundedNumberOfPagesAndIsContinued() {
    embedded.clock.advance(Duration.ofSeconds(1)); // ids are in the order of time
    for (int i = 0; i < 12; i++) {
      var unused =
          embedded.webhooks.publish(Embedded.SITE, NewEvent.of("customer_created", "{}")).join();
    }
    DeliveryQuery licenses = ALL.typePattern(new EventTypeFilter("license_*")).limit(1);

    Page<Delivery> page = embedded.webhooks.deliveries().list(licenses);
    assertThat(page.data()).isEmpty();
    List<EndpointId> all = new ArrayList<>();
    while (page.next() != null) {
      page = embedded.webhooks.deliveries().list(licenses.after(page.next()));
      page.data().forEach(one -> all.add(one.endpoint()));
    }
    assertThat(all).containsExactlyInAnyOrder(pending, held, delivered);
  }

  @Test
  void aResponseIsTheLastOneOfItsDelivery() {
    embedded.transport.responding("https://other.example/", 500);
    EndpointId other = endpoint("https://other.example/");
    var unused =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> found(ALL.statusCode(500)).contains(other));
    assertThat(found(ALL.statusCode(500))).containsExactly(other);
    assertThat(found(ALL.statusCode(200))).containsExactly(delivered);
    assertThat(found(ALL.statusCode(404))).isEmpty();
    assertThat(found(ALL.statusCode(500).state(DeliveryState.PENDING))).containsExactly(other);
    assertThat(found(ALL.statusCode(500).state(DeliveryState.DELIVERED))).isEmpty();
    assertThat(found(ALL.statusCode(500).endpoint(held))).isEmpty();
    assertThat(found(ALL.statusCode(500).type(new EventType("license_deleted")))).isEmpty();

    Delivery failed = embedded.webhooks.deliveries().list(ALL.statusCode(500)).data().get(0);
    assertThat(found(ALL.statusCode(500).event(failed.event()))).containsExactly(other);
    assertThat(found(ALL.statusCode(200).event(failed.event()))).containsExactly(delivered);

    embedded.clock.advance(Duration.ofSeconds(1)); // ids are in the order of time
    embedded.transport.responding("https://other.example/", 204);
    var unusedRetry = embedded.webhooks.deliveries().retry(Embedded.SITE, failed.id()).join();
    Poll.until(() -> found(ALL.statusCode(204)).contains(other));
    assertThat(found(ALL.statusCode(500))).as("only the last response counts").isEmpty();
  }

  @Test
  void pagesByResponseHaveEachDeliveryOnce() {
    var unused =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    var unusedToo =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    DeliveryQuery query = ALL.statusCode(200);
    Poll.until(() -> embedded.webhooks.deliveries().list(query).data().size() == 3);
    List<Delivery> found = new ArrayList<>();
    String cursor = null;
    do {
      Page<Delivery> page = embedded.webhooks.deliveries().list(query.limit(1).after(cursor));
      found.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    assertThat(found).hasSize(3).doesNotHaveDuplicates();
  }

  /** Newer responses of other endpoints neither shorten a page nor show in its cursor. */
  @Test
  void aResponseIsLookedForAmongTheEndpointsOfTheQuery() {
    embedded.transport.responding("https://one.example/", 500);
    embedded.transport.responding("https://two.example/", 500);
    embedded.transport.responding("https://other.example/", 500);
    EndpointId one = endpoint("https://one.example/");
    EndpointId two = endpoint("https://two.example/");
    var unused =
        embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> found(ALL.statusCode(500)).containsAll(List.of(one, two)));
    embedded.clock.advance(Duration.ofSeconds(1));
    EndpointId other = endpoint("https://other.example/");
    for (int i = 0; i < 30; i++) {
      var more =
          embedded
              .webhooks
              .publish(Embedded.SITE, NewEvent.of("license_created", "{}").to(other.toString()))
              .join();
      assertThat(more.deliveries()).isEqualTo(1);
    }
    Poll.until(() -> embedded.transport.requestsTo("https://other.example/").size() == 30);
    DeliveryQuery query =
        ALL.statusCode(500).endpoints(EndpointScope.only(Set.of(one, two))).limit(2);
    Page<Delivery> page = embedded.webhooks.deliveries().list(query);
    assertThat(page.data()).extracting(Delivery::endpoint).containsExactlyInAnyOrder(one, two);
    assertThat(page.next()).isNull();
  }
}
