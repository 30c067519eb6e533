package dev.hookferry.http.console.catalog;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointHistory.Part;
import dev.hookferry.http.console.activity.TypeVolumes;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.endpoints.EndpointOrder;
import dev.hookferry.http.console.endpoints.EndpointRow;
import dev.hookferry.http.console.endpoints.EndpointTable;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EventType;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Traffic of one event type.
 *
 * @param receivers subscribed endpoints, those that need attention first
 * @param subscribed number of all subscribed endpoints
 * @param sent the attempts from the last 24 hours
 * @param isComplete whether all of these are known
 * @param newest deliveries of the type, newest first
 */
public record EventTypeTraffic(
    List<Subscriber> receivers,
    int subscribed,
    Part sent,
    boolean isComplete,
    List<DeliveryRow> newest) {
  private static final PageRequest FEW = PageRequest.of(10);
  private static final int MAX_RECEIVERS = 20;

  /** No traffic, for users who may not read it. */
  private static final EventTypeTraffic UNKNOWN =
      new EventTypeTraffic(List.of(), 0, new Part("", 0, 0), false, List.of());

  /**
   * A subscribed endpoint.
   *
   * @param condition additional conditions that an event must meet; empty if there are none
   * @param sent its attempts of this type in the last 24 hours; null if they were not counted
   *     separately
   */
  public record Subscriber(EndpointRow row, String condition, @Nullable Part sent) {}

  /** Reads the traffic of a type. Blocks. */
  static EventTypeTraffic of(Webhooks webhooks, Activity activity, Visit visit, EventType type) {
    if (!visit.can(Scope.READ)) {
      return UNKNOWN;
    }
    EndpointList list = new EndpointList(webhooks, visit.site());
    List<Endpoint> subscribed =
        list.all().stream().filter(one -> one.isSubscribedTo(type)).toList();
    TypeVolumes volumes =
        TypeVolumes.of(
            activity, list.all().stream().map(Endpoint::id).toList(), ChartSpan.DAY, visit.now());
    return new EventTypeTraffic(
        receivers(
            EndpointTable.of(webhooks, activity, visit).over(ChartSpan.DAY), subscribed, type),
        subscribed.size(),
        volumes.of(type.name()),
        volumes.isComplete(),
        newest(webhooks, visit, list, type));
  }

  private static List<Subscriber> receivers(
      EndpointTable table, List<Endpoint> subscribed, EventType type) {
    List<Endpoint> shown =
        new EndpointOrder(EndpointOrder.Column.STATE, false)
            .sorted(subscribed, table).stream().limit(MAX_RECEIVERS).toList();
    Map<String, String> conditions =
        shown.stream()
            .collect(Collectors.toMap(one -> one.id().toString(), EventTypeTraffic::condition));
    return table.rows(shown).stream()
        .map(row -> new Subscriber(row, conditions.getOrDefault(row.id(), ""), sent(row, type)))
        .toList();
  }

  private static @Nullable Part sent(EndpointRow row, EventType type) {
    List<Part> types = row.history().types();
    for (Part part : types) {
      if (part.name().equals(type.name())) {
        return part;
      }
    }
    return types.stream().anyMatch(Part::isOther) ? null : new Part(type.name(), 0, 0);
  }

  private static String condition(Endpoint endpoint) {
    List<String> conditions = new ArrayList<>();
    if (!endpoint.labels().isEmpty()) {
      conditions.add(
          endpoint.labels().entrySet().stream()
              .map(label -> label.getKey() + "=" + label.getValue())
              .collect(Collectors.joining(", ", "labelled ", "")));
    }
    if (endpoint.filter() != null) {
      conditions.add("its filter matches");
    }
    if (endpoint.url().isTemplate()) {
      conditions.add("its URL can be filled in");
    }
    return conditions.isEmpty() ? "" : "if " + String.join(" and ", conditions);
  }

  private static List<DeliveryRow> newest(
      Webhooks webhooks, Visit visit, EndpointList list, EventType type) {
    DeliveryQuery query = DeliveryQuery.ofSite(visit.site()).type(type);
    List<Delivery> page = webhooks.deliveries().list(query.page(FEW)).data();
    LastAttempts last = LastAttempts.ofAll(visit.site(), page, webhooks.deliveries());
    return page.stream().map(one -> row(one, list, last, visit)).toList();
  }

  private static DeliveryRow row(Delivery one, EndpointList list, LastAttempts last, Visit visit) {
    return DeliveryRow.of(one, list, visit.now())
        .accepted(last.success(one))
        .after(last.failure(one))
        .besideCreated();
  }

  /** Returns how many endpoints are subscribed, such as {@code The first 20 of 1,024}. */
  public String count() {
    return subscribed > receivers.size()
        ? "The first " + receivers.size() + " of " + NumberText.of(subscribed)
        : NumberText.counted(subscribed, "endpoint");
  }
}
