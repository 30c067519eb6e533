package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.http.console.text.OutcomeAdvice;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of the portal's pages, for one request. */
public final class PortalViews {
  private static final String OUR_FAULT = "delayed on our side";

  private final Webhooks webhooks;
  private final PortalAccess access;
  private final Instant now;

  PortalViews(Webhooks webhooks, PortalAccess access, Instant now) {
    this.webhooks = webhooks;
    this.access = access;
    this.now = now;
  }

  /** A delivery in a list. */
  public record Row(String id, StatePill look, String type, String url, DisplayTime created) {}

  /** An endpoint in a list. */
  public record EndpointLine(String id, StatePill look, String url, String description) {}

  /** The first page. */
  public record Home(List<EndpointLine> endpoints, List<Row> newest) {}

  /**
   * A list of deliveries.
   *
   * @param next the query of the next page; null on the last
   */
  public record Deliveries(List<Row> rows, @Nullable String next) {}

  /** An attempt in a list. */
  public record AttemptLine(StatePill look, DisplayTime started, String took, String text) {}

  /**
   * A delivery.
   *
   * @param payload what is shown of its payload, or null
   */
  public record DeliveryDetails(
      Row row, String event, String reason, List<AttemptLine> attempts, @Nullable String payload) {}

  /** An endpoint. */
  public record EndpointDetails(EndpointLine line, String reason, String types, List<Row> newest) {}

  /** An event type. */
  public record TypeLine(String type, String description) {}

  Home home() {
    List<EndpointLine> lines = access.endpoints().stream().map(this::line).toList();
    return new Home(lines, rows(deliveries().limit(20)).rows());
  }

  DeliveryQuery deliveries() {
    return DeliveryQuery.ofSite(access.session().site());
  }

  Deliveries rows(DeliveryQuery query) {
    Map<EndpointId, String> urls = new HashMap<>();
    access.endpoints().forEach(endpoint -> urls.put(endpoint.id(), endpoint.url().text()));
    Page<Delivery> page = access.deliveries(query);
    List<Row> rows =
        page.data().stream().map(one -> row(one, urls.getOrDefault(one.endpoint(), ""))).toList();
    return new Deliveries(rows, page.next() == null ? null : "?cursor=" + page.next());
  }

  private Row row(Delivery delivery, String url) {
    return new Row(
        delivery.id().toString(),
        StatePill.of(delivery.state()),
        delivery.type().name(),
        url,
        DisplayTime.of(delivery.createdAt(), now));
  }

  DeliveryDetails details(Delivery delivery, @Nullable String payload) {
    Endpoint endpoint = access.endpoint(delivery.endpoint());
    boolean ours =
        !delivery.state().isFinal() && webhooks.endpoints().health(endpoint).ownFault() != null;
    String reason = ours ? OUR_FAULT : webhooks.deliveries().reason(delivery).text();
    List<AttemptLine> attempts =
        access.attempts(delivery.id()).stream().map(this::attempt).toList();
    return new DeliveryDetails(
        row(delivery, endpoint.url().text()), delivery.event().value(), reason, attempts, payload);
  }

  private AttemptLine attempt(Attempt attempt) {
    return new AttemptLine(
        StatePill.of(attempt.outcome().kind()),
        DisplayTime.of(attempt.startedAt(), now),
        DisplayTime.length(attempt.outcome().took()),
        OutcomeAdvice.of(attempt.outcome()));
  }

  EndpointDetails details(Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    return new EndpointDetails(
        line(endpoint),
        health.ownFault() != null ? OUR_FAULT : health.reason(),
        endpoint.eventTypes().stream()
            .map(EventTypeFilter::pattern)
            .collect(Collectors.joining(", ")),
        rows(deliveries().endpoint(endpoint.id()).limit(20)).rows());
  }

  private EndpointLine line(Endpoint endpoint) {
    return new EndpointLine(
        endpoint.id().toString(),
        StatePill.of(webhooks.endpoints().health(endpoint).state()),
        endpoint.url().text(),
        endpoint.description());
  }

  List<TypeLine> types() {
    return access.eventTypes().stream()
        .map(type -> new TypeLine(type.type().name(), type.description()))
        .toList();
  }
}
