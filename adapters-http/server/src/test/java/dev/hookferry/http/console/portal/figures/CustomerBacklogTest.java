package dev.hookferry.http.console.portal.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.replay.ReplayWindow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerBacklogTest {
  private final Samples samples = new Samples(11);
  private final List<Delivery> stored = new ArrayList<>();
  private final List<DeliveryQuery> looks = new ArrayList<>();

  private void failed(Endpoint endpoint, int count) {
    for (int i = 0; i < count; i++) {
      Delivery one = samples.delivery(samples.event(), endpoint.id());
      stored.add(
          new Delivery(
              one.id(),
              one.site(),
              one.event(),
              one.type(),
              one.endpoint(),
              DeliveryState.EXHAUSTED,
              3,
              one.createdAt(),
              one.dueAt(),
              one.createdAt(),
              null));
    }
  }

  private Page<Delivery> list(DeliveryQuery query) {
    if (query.states().equals(ReplayWindow.FAILED)) {
      looks.add(query);
    }
    List<Delivery> all = stored.stream().filter(query::matches).toList();
    int most = query.page().limit();
    return new Page<>(all.stream().limit(most).toList(), all.size() > most ? "more" : null);
  }

  @Test
  void failuresOfAQuietEndpointAreFoundBehindManyOfABusyOne() {
    try (Served served = new Served()) {
      List<Endpoint> all = new ArrayList<>();
      for (String name : List.of("busy", "quiet", "fine")) {
        EndpointSpec asked = EndpointSpec.to("https://" + name + ".example/").types("*");
        all.add(served.webhooks.endpoints().create(SiteId.DEFAULT, asked).endpoint());
      }
      failed(all.get(0), 600);
      failed(all.get(1), 2);

      CustomerBacklog backlog =
          new CustomerBacklog(DeliveryQuery.ofSite(SiteId.DEFAULT), all, this::list);

      assertThat(all)
          .extracting(one -> backlog.failed(one.id()))
          .containsExactly(new MatchCount(500, true), new MatchCount(2, false), MatchCount.NONE);
      assertThat(looks).hasSize(2);
    }
  }
}
