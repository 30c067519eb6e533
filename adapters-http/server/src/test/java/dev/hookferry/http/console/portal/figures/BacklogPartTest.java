package dev.hookferry.http.console.portal.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.words.Words;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogPartTest {
  private final Samples samples = new Samples(7);

  @Test
  void pendingDeliveriesOfAStoppedEndpointWait() {
    Delivery one = samples.delivery(samples.event());
    CustomerBacklog backlog =
        new CustomerBacklog(
            DeliveryQuery.ofSite(one.site()),
            List.of(),
            query ->
                new Page<>(
                    query.states().contains(one.state()) ? List.of(one) : List.<Delivery>of(),
                    null));
    String query = "?status=pending&tests=no&endpoint=" + one.endpoint();

    assertThat(BacklogPart.ofEndpoint(one.endpoint(), backlog, true, Words.ENGLISH))
        .containsExactly(new BacklogPart("1 delivery is waiting", query));
    assertThat(BacklogPart.briefly(one.endpoint(), backlog, true, Words.ENGLISH))
        .containsExactly(new BacklogPart("1 waiting", query));
    assertThat(BacklogPart.ofEndpoint(one.endpoint(), backlog, false, Words.ENGLISH))
        .containsExactly(new BacklogPart("1 delivery is pending", query));
  }
}
