package dev.hookferry.engine.simulation;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.engine.routing.FilterIndex;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.store.config.Config;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints' settings besides event types (labels, filters), their rates and their order, what
 * events ask for (labels, addressees, a time, an ordering key), and who must have got an event,
 * judged without the engine's code.
 */
final class SimulatedRouting {
  private static final String LABEL = "region";
  private static final List<String> REGIONS = List.of("eu", "us");
  private static final List<String> KEYS = List.of("a", "A", "b", "customer 7");
  private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d+)");

  /** The longest time that an event is put off. */
  private static final int LATEST_SECONDS = 300;

  /** Endpoints that there were from the beginning. */
  final Set<EndpointId> first = new HashSet<>();

  /** Sites whose webhooks were off for a while. */
  final Set<SiteId> rested = new HashSet<>();

  final Map<EndpointId, SendRate> rates = new HashMap<>();

  /** The order of endpoints that keep one. */
  final Map<EndpointId, DeliveryOrder> orders = new HashMap<>();

  private final Map<EndpointId, IntPredicate> filters = new HashMap<>();
  private final FilterIndex index = new FilterIndex();
  private final Random random;

  SimulatedRouting(Random random) {
    this.random = random;
  }

  /** Gives a new endpoint labels, a filter, a rate and an order, or some or none of them. */
  void choose(EndpointId endpoint, EndpointSettings.Builder settings) {
    if (random.nextInt(4) == 0) {
      settings.labels(Map.of(LABEL, region()));
    }
    if (random.nextInt(4) == 0) {
      settings.filter(filter(endpoint));
    }
    if (random.nextInt(4) == 0) {
      SendRate rate =
          random.nextBoolean()
              ? SendRate.perSecond(1 + random.nextInt(20))
              : new SendRate(60 + random.nextInt(180), SendRate.Unit.MINUTE);
      rates.put(endpoint, rate);
      settings.limits(SendLimits.of(rate));
    }
    if (random.nextInt(3) == 0) {
      DeliveryOrder order =
          random.nextBoolean() ? DeliveryOrder.BY_KEY : DeliveryOrder.BY_KEY_SKIPPING;
      orders.put(endpoint, order);
      settings.order(order);
    }
  }

  /** A filter on the number of an event, and what it means in Java. */
  private Filter filter(EndpointId endpoint) {
    int edge = random.nextInt(60);
    return switch (random.nextInt(4)) {
      case 0 -> filter(endpoint, "{\"n\":{\"$gte\":" + edge + "}}", n -> n >= edge);
      case 1 -> filter(endpoint, "{\"n\":{\"$lt\":" + edge + ".0}}", n -> n < edge);
      case 2 ->
          filter(
              endpoint,
              "{\"$or\":[{\"n\":" + edge + "},{\"x\":{\"$exists\":false}},{\"n\":{\"$gt\":90}}]}",
              n -> n == edge || n > 90);
      default ->
          filter(
              endpoint,
              "{\"$not\":{\"n\":{\"$in\":[1,2," + edge + "]}}}",
              n -> n != 1 && n != 2 && n != edge);
    };
  }

  private Filter filter(EndpointId endpoint, String json, IntPredicate meaning) {
    filters.put(endpoint, meaning);
    return Filter.parse(json);
  }

  /**
   * Chooses the optional fields of an event.
   *
   * @param endpoints all endpoints that its site has had
   * @param now the time of the store
   */
  EventOptions options(List<EndpointId> endpoints, Instant now) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (random.nextInt(3) == 0) {
      labels.put(LABEL, region());
      labels.put("tier", "gold");
    }
    List<EndpointId> to = new ArrayList<>();
    if (random.nextInt(8) == 0) {
      List<EndpointId> some = new ArrayList<>(endpoints);
      Collections.shuffle(some, random);
      to.addAll(some.subList(0, Math.min(some.size(), 1 + random.nextInt(3))));
    }
    Instant later =
        random.nextInt(6) == 0 ? now.plusSeconds(1 + random.nextInt(LATEST_SECONDS)) : null;
    String key = random.nextBoolean() ? KEYS.get(random.nextInt(KEYS.size())) : null;
    return new EventOptions(labels, to, later, key, Map.of(), null, false);
  }

  private String region() {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  /**
   * Returns the publisher's results of the filters; sometimes none, so that the engine must apply
   * them.
   */
  List<@Nullable FilterVerdict> verdicts(Config config, List<Event> events) {
    if (random.nextBoolean()) {
      return List.of();
    }
    List<@Nullable FilterVerdict> verdicts = new ArrayList<>();
    for (Event event : events) {
      FilterSet set = index.of(config, event);
      verdicts.add(set == null ? null : set.evaluate(event.payload()));
    }
    return verdicts;
  }

  /** Whether an endpoint wants an event, if both are of one site. */
  boolean wants(Endpoint endpoint, Event event) {
    List<EndpointId> to = event.options().to();
    boolean chosen =
        to.isEmpty() ? endpoint.isSubscribedTo(event.type()) : to.contains(endpoint.id());
    boolean labelled =
        endpoint.labels().entrySet().stream()
            .allMatch(
                label -> label.getValue().equals(event.options().labels().get(label.getKey())));
    IntPredicate filter = filters.getOrDefault(endpoint.id(), n -> true);
    return chosen && labelled && filter.test(number(event));
  }

  private static int number(Event event) {
    String text = new String(event.payload().toBytes(), StandardCharsets.UTF_8);
    Matcher number = NUMBER.matcher(text);
    if (!number.lookingAt()) {
      throw new IllegalStateException("an event without a number: " + event);
    }
    return Integer.parseInt(number.group(1));
  }

  /**
   * Whether an endpoint must have a delivery of an acknowledged event of its site: it wanted it and
   * was there all the time, and so were the site's webhooks.
   *
   * @param removed endpoints that were removed
   */
  boolean isMissing(
      Endpoint endpoint, Event event, List<Delivery> deliveries, Set<EndpointId> removed) {
    return first.contains(endpoint.id())
        && !removed.contains(endpoint.id())
        && !rested.contains(event.site())
        && wants(endpoint, event)
        && deliveries.stream().noneMatch(one -> one.endpoint().equals(endpoint.id()));
  }
}
