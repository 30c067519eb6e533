package dev.hookferry.http.console.list;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The current deliveries in a replay's window, in any state because the replay has changed their
 * states.
 *
 * @param all the deliveries that were read
 * @param more whether there are more
 * @param isSearchable false if none could be read because a field of the window is no longer a
 *     search field of the site
 */
public record WindowDeliveries(List<Delivery> all, boolean more, boolean isSearchable) {
  /** An empty result, returned without a query. */
  public static final WindowDeliveries NONE = new WindowDeliveries(List.of(), false, true);

  private static final int MAX_ENDPOINTS = 20;

  public WindowDeliveries {
    all = List.copyOf(all);
  }

  /**
   * The deliveries to one endpoint.
   *
   * @param endpoint its id; empty if it was removed
   * @param counts the number per state, the most frequent first
   */
  public record Share(String endpoint, String name, List<Count> counts) {}

  /**
   * The deliveries in one state.
   *
   * @param count their number, as text
   * @param query the query of the list of these deliveries
   */
  public record Count(StatePill pill, String count, String query) {}

  /** Reads up to a maximum number of deliveries, with one query per 500. */
  public static WindowDeliveries read(ReplayJob job, Deliveries deliveries, int most) {
    List<Delivery> all = new ArrayList<>();
    String cursor = null;
    try {
      do {
        PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
        Page<Delivery> page = deliveries.list(query(job).page(part));
        all.addAll(page.data());
        cursor = page.next();
      } while (cursor != null && all.size() < most);
    } catch (InvalidException e) {
      return new WindowDeliveries(List.of(), false, false);
    }
    return new WindowDeliveries(all, cursor != null, true);
  }

  private static DeliveryQuery query(ReplayJob job) {
    ReplayWindow window = job.window();
    return DeliveryQuery.ofSite(job.site())
        .endpoint(window.endpoint())
        .types(window.types())
        .event(window.event())
        .fields(window.fields())
        .created(TimeWindow.ALL.since(window.since()).until(window.until()))
        .withoutTests();
  }

  /**
   * Returns the number of deliveries by endpoint and state, for the 20 endpoints with most
   * deliveries, largest first.
   *
   * @param list the query of the list of all deliveries
   */
  public List<Share> shares(EndpointList targets, String list) {
    Map<EndpointId, Map<StatePill, Integer>> counts = new HashMap<>();
    Map<StatePill, String> codes = new HashMap<>();
    for (Delivery one : all) {
      StatePill pill = StatePill.withCause(one.state());
      codes.put(pill, one.state().code());
      counts.computeIfAbsent(one.endpoint(), id -> new HashMap<>()).merge(pill, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .sorted(Comparator.comparingInt(one -> -sum(one.getValue())))
        .limit(MAX_ENDPOINTS)
        .map(
            one ->
                new Share(
                    targets.find(one.getKey()).isPresent() ? one.getKey().toString() : "",
                    targets.name(one.getKey()),
                    counts(one.getKey(), one.getValue(), codes, list)))
        .toList();
  }

  private static int sum(Map<StatePill, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Count> counts(
      EndpointId endpoint,
      Map<StatePill, Integer> counts,
      Map<StatePill, String> codes,
      String list) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<StatePill, Integer>comparingByValue().reversed())
        .map(
            one ->
                new Count(
                    one.getKey(),
                    NumberText.of(one.getValue()),
                    list.replaceAll("&endpoint=[^&]*", "")
                        + "&endpoint="
                        + FormValues.encoded(endpoint.toString())
                        + "&status="
                        + codes.get(one.getKey())))
        .toList();
  }
}
