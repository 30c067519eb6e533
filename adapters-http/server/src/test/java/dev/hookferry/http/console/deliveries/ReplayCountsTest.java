package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookferry.Replays;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayCountsTest {
  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();

  private static Replays.Preview preview(boolean more, Map<EndpointId, Long> byEndpoint) {
    long count = byEndpoint.values().stream().mapToLong(Long::longValue).sum();
    return new Replays.Preview(count, more, byEndpoint, Map.of(), List.of());
  }

  @Test
  void theShareOfAnEndpointIsMarkedIfItsCountIsIncomplete() {
    EndpointId cut = place.endpoint("https://crm.example/hook", "*").id();
    EndpointId whole = place.endpoint("https://erp.example/hook", "*").id();
    ReplayCounts counts =
        new ReplayCounts(
            Map.of(
                DeliveryState.EXHAUSTED, preview(true, Map.of(cut, 100_000L)),
                DeliveryState.CANCELLED, preview(false, Map.of(whole, 3L))));

    List<ReplayCounts.Share> shares =
        counts.shares(new EndpointList(place.webhooks(), SiteId.DEFAULT));

    assertThat(shares)
        .extracting(ReplayCounts.Share::counted, ReplayCounts.Share::byStatus)
        .containsExactly(tuple("100,000+", "exhausted:100000+"), tuple("3", "cancelled:3"));
  }
}
