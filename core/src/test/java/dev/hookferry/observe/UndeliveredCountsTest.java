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
  void whatWaitsBehindBlockedKeysIsCountedApart() {
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
    var unused =
        hooks.webhooks().endpoints().change(SITE, crm, EndpointSpec.change().enabled(false));
    for (int i = 0; i <= UndeliveredCounts.MOST; i++) {
      var unusedEvent = hooks.publish(NewEvent.of("license_created", "{}"));
    }

    UndeliveredCounts counts = counts();

    assertThat(counts.of(crm).waiting()).isEqualTo(UndeliveredCounts.MOST);
    assertThat(counts.of(crm).more()).isTrue();
    assertThat(counts.isCut(DeliveryState.HELD)).isTrue();
    assertThat(counts.isCut(DeliveryState.BLOCKED)).isFalse();
  }

  @Test
  void aBlockedKeyIsFoundHoweverManyWaitBehindIt() {
    EndpointId crm = endpoint("https://crm.example/", DeliveryOrder.BY_KEY);
    for (int i = 0; i < UndeliveredCounts.MOST + 50; i++) {
      var unused = hooks.publish(NewEvent.of("license_created", "{}").orderingKey("a"));
    }
    hooks.advance(Duration.ofSeconds(1));

    UndeliveredCounts counts = counts(crm);

    assertThat(counts.of(crm).blockedKeys()).isEqualTo(1);
    assertThat(counts.of(crm).behindBlocked()).isEqualTo(UndeliveredCounts.MOST);
    assertThat(counts.of(crm).more()).isTrue();
  }
}
