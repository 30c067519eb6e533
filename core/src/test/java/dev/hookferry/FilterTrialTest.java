package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.NewEvent;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A filter is tried on past events: its fields, and the events of an endpoint's labels. */
class FilterTrialTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final List<EventTypeFilter> ANY_TYPE = List.of(new EventTypeFilter("*"));

  private final Embedded embedded = new Embedded();
  private final Filters filters = embedded.webhooks.filters();

  @AfterEach
  void close() {
    embedded.close();
  }

  private void publish(String data, Map<String, String> labels) {
    NewEvent event = NewEvent.of("license_created", data).labels(labels);
    var unused = embedded.webhooks.publish(SITE, event).join();
  }

  @Test
  void fieldsThatNoEventHasAreNamed() {
    publish("{\"order\":{\"total\":5}}", Map.of());
    publish("{\"order\":{\"total\":50},\"items\":[{\"sku\":\"a\"}]}", Map.of());
    Filter misspelt =
        Filter.parse(
            "{\"order\":{\"totl\":{\"$gt\":1},\"total\":{\"$gt\":1}},"
                + "\"$or\":[{\"items.sku\":\"a\"},{\"vip\":true}]}");
    assertThat(misspelt.paths()).containsExactly("items.sku", "order.total", "order.totl", "vip");
    assertThat(filters.onLast(SITE, misspelt, ANY_TYPE, 10).absent())
        .containsExactly("order.totl", "vip");
    assertThat(filters.onLast(SITE, Filter.parse("{}"), ANY_TYPE, 10).absent()).isEmpty();
    List<EventTypeFilter> none = List.of(new EventTypeFilter("none.yet"));
    assertThat(filters.onLast(SITE, misspelt, none, 10).absent()).isEmpty();
  }

  @Test
  void eventsThatTheLabelsOfAnEndpointKeepBackAreLeftOut() {
    for (String customer : List.of("a", "b", "b")) {
      Map<String, String> labels = Map.of("customer", customer, "channel." + customer, customer);
      publish("{\"n\":1}", labels);
    }
    publish("{\"n\":1}", Map.of());
    Filter one = Filter.parse("{\"n\":1}");
    assertThat(filters.onLast(SITE, one, ANY_TYPE, Map.of("customer", "b"), 10).matched())
        .isEqualTo(2);
    Map<String, String> channels = Map.of("channel.a", "a", "channel.b", "b");
    assertThat(filters.onLast(SITE, one, ANY_TYPE, channels, 10).matched()).isEqualTo(3);
    assertThat(filters.onLast(SITE, one, ANY_TYPE, Map.of(), 10).matched()).isEqualTo(4);
  }
}
