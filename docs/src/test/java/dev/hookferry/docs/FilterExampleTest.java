package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Filters;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.PageRequest;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.FilterTrial;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the section on filters, and the filters that it shows. */
class FilterExampleTest {

  @Test
  void theExampleExplainsWhatItDoes() {
    ManualClock clock = ManualClock.atNoon();
    MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
    List<String> printed = new ArrayList<>();
    try (Hookferry hookferry =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      SiteId site = SiteId.DEFAULT;
      // tag::filter
      EndpointSpec large =
          EndpointSpec.to("https://crm.example/hook")
              .types("license_*")
              .filter("{\"ProductName\":\"Pro\",\"Seats\":{\"$gte\":10}}");
      Endpoint crm = webhooks.endpoints().create(site, large).endpoint();

      NewEvent event = NewEvent.of("license_created", "{\"ProductName\":\"Pro\",\"Seats\":9}");
      Receipt small = webhooks.publish(site, event).join();
      for (EndpointRouting why :
          webhooks.events().routing(site, small.id(), PageRequest.FIRST).data()) {
        printed.add(why.endpoint().url() + ": " + why.sentence());
      }

      Filter more = Filter.parse("{\"Seats\":{\"$gte\":5}}");
      FilterTrial trial =
          webhooks.filters().onLast(site, more, crm.eventTypes(), Filters.MAX_EVENTS);
      printed.add(trial.matched() + " of " + (trial.matched() + trial.notMatched()) + " match");
      // end::filter
    }

    assertThat(printed)
        .containsExactly(
            "https://crm.example/hook: Its filter does not match: Seats must be"
                + " at least 10, but is 9.",
            "1 of 1 match");
  }

  @Test
  void theFiltersOfThePageCanBeRead() throws IOException {
    List<String> filters =
        ManualPage.blocks("filters.md", "json").stream().map(String::strip).toList();

    assertThat(filters)
        .isNotEmpty()
        .allSatisfy(filter -> assertThat(Filter.parse(filter)).isNotNull());
  }
}
