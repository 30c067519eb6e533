package dev.hookferry.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UndeliveredCountsTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private static final RetrySettings NEVER = RetrySettings.of(0, Duration.ofSeconds(10));

  private final SimulatedHookferry hooks = SimulatedHookferry.start();

  @AfterEach
  void close() {
    hooks.close();
  }

  private EndpointId endpoint(String url, DeliveryOrder order) {
    hooks.receiver(url).responds(500);
    EndpointSpec spec = EndpointSpec.to(url).types("*").order(order).retry(NEVER);
    return hooks.webhooks().endpoints().create(SITE, spec).endpoint().id();
  }

  private UndeliveredCounts counts(EndpointId... ordered) {
    return UndeliveredCounts.of(
        DeliveryQuery.ofSite(SITE), Set.of(ordered), hooks.webhooks().deliveries()::list);
  }

  @Test
  void deliveriesBehindBlockedKeysAreCountedSeparately() {
    EndpointId crm = endpoint("https://crm.example/", DeliveryOrder.BY_KEY);
    for (String key : new String[] {"a", "a", "a", "b", "b"}) {
      var unused = hooks.publish(NewEvent.of("license_created", "{}").orderingKey(key));
    }
    hooks.advance(Duration.ofSeconds(1));

    UndeliveredCounts counts = counts(crm);

    assertThat(counts.of(crm).waiting()).isEqualTo(3);
    assertThat(counts.of(crm).blockedKeys()).isEqualTo(2);
    assertThat(counts.of(crm).behindBlocked()).isEqualTo(3);
    assertThat(counts.all().total()).isEqualTo(5);
    assertThat(counts.count(DeliveryState.BLOCKED)).isEqualTo(2);
    assertThat(counts.all().more()).isFalse();
    assertThat(counts().all()).isEqualTo(Undelivered.NONE);
  }

  @Test
  void aCountThatWasCutSaysSo() {
    EndpointId crm = endpoint("https://crm.example/", DeliveryOrder.NONE);
    pause(crm);
    publish("license_created", UndeliveredCounts.MAX + 1);

    UndeliveredCounts counts = counts();

    assertThat(counts.of(crm).waiting()).isEqualTo(UndeliveredCounts.MAX);
    assertThat(counts.of(crm).more()).isTrue();
    assertThat(counts.isCut(DeliveryState.HELD)).isTrue();
    assertThat(counts.isCut(DeliveryState.BLOCKED)).isFalse();
  }

  @Test
  void aBlockedKeyIsFoundHoweverManyWaitBehindIt() {
    EndpointId crm = endpoint("https://crm.example/", DeliveryOrder.BY_KEY);
    publish("license_created", UndeliveredCounts.MAX + 50);
    hooks.advance(Duration.ofSeconds(1));

    UndeliveredCounts counts = counts(crm);

    assertThat(counts.of(crm).blockedKeys()).isEqualTo(1);
    assertThat(counts.of(crm).behindBlocked()).isEqualTo(UndeliveredCounts.MAX);
    assertThat(counts.of(crm).more()).isTrue();
  }

  @Test
  void ofEachCountsAnEndpointWithManyAlone() {
    EndpointId busy = endpoint("https://busy.example/", DeliveryOrder.NONE);
    EndpointId byKey = endpoint("https://by-key.example/", DeliveryOrder.BY_KEY);
    EndpointId quiet = endpoint("https://quiet.example/", DeliveryOrder.NONE);
    EndpointId idle = endpoint("https://idle.example/", DeliveryOrder.NONE);
    limitTo(byKey, "license_modified");
    limitTo(quiet, "license_deleted");
    limitTo(idle, "customer_created");
    limitTo(busy, "license_created");
    pause(busy);
    pause(quiet);
    publish("license_deleted", 2);
    publish("license_modified", 3);
    hooks.advance(Duration.ofSeconds(1));
    publish("license_created", UndeliveredCounts.MAX + 50);
    List<Set<EndpointId>> asked = new ArrayList<>();

    Map<EndpointId, Undelivered> counts =
        UndeliveredCounts.ofEach(
            hooks.webhooks().endpoints().all(SITE),
            query -> {
              asked.add(query.endpoints().ids());
              return hooks.webhooks().deliveries().list(query);
            });

    assertThat(counts).containsOnlyKeys(busy, byKey, quiet, idle);
    assertThat(counts.get(busy).waiting()).isEqualTo(UndeliveredCounts.MAX);
    assertThat(counts.get(busy).more()).isTrue();
    assertThat(counts.get(quiet).waiting()).isEqualTo(2);
    assertThat(counts.get(quiet).more()).isFalse();
    assertThat(counts.get(byKey).blockedKeys()).isEqualTo(1);
    assertThat(counts.get(byKey).behindBlocked()).isEqualTo(2);
    assertThat(counts.get(byKey).more()).isFalse();
    assertThat(counts.get(idle)).isEqualTo(Undelivered.NONE);
    assertThat(asked)
        .contains(Set.of(busy), Set.of(byKey, quiet, idle))
        .doesNotContain(Set.of(quiet), Set.of(idle));
  }

  private void limitTo(EndpointId endpoint, String type) {
    var unused =
        hooks.webhooks().endpoints().change(SITE, endpoint, EndpointSpec.change().types(type));
  }

  private void pause(EndpointId endpoint) {
    var unused =
        hooks.webhooks().endpoints().change(SITE, endpoint, EndpointSpec.change().enabled(false));
  }

  private void publish(String type, int times) {
    for (int i = 0; i < times; i++) {
      var unused = hooks.publish(NewEvent.of(type, "{}").orderingKey("a"));
    }
  }
}
