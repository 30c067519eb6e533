package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.NotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text typed into the search box of the portal's deliveries: the id of a delivery or an event, a
 * value in the data of events, or a search field and its value, such as {@code order:4711}; or else
 * an HTTP status, or a part of the name of an event type or endpoint.
 */
final class SearchInput {
  private static final Pattern STATUS = Pattern.compile("(?i)(?:http ?)?([1-5][0-9]{2})");

  /** Shorter texts occur in most names. */
  private static final int MIN_LENGTH = 3;

  private final PortalAccess access;
  private final String text;
  private final List<String> fields;

  SearchInput(PortalAccess access, String text) {
    this.access = access;
    this.text = text;
    fields = access.searchFields();
  }

  /** Returns the delivery with this id in the session's scope. */
  static Optional<DeliveryId> delivery(PortalAccess access, String text) {
    try {
      return Optional.of(access.delivery(DeliveryId.parse(text)).id());
    } catch (InvalidException | NotFoundException e) {
      return Optional.empty();
    }
  }

  private static boolean isDelivery(String text) {
    try {
      return DeliveryId.parse(text).toString().equals(text);
    } catch (InvalidException e) {
      return false;
    }
  }

  /**
   * Adds the search to a query.
   *
   * @throws InvalidException if the id or value is invalid
   */
  DeliveryQuery narrow(DeliveryQuery all) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    if (fields.contains(name)) {
      return all.field(name, text.substring(colon + 1).strip());
    }
    if (isDelivery(text)) {
      // The id of an existing delivery leads to its page instead.
      return nothing(all);
    }
    Optional<EventId> event = event();
    if (event.isPresent() && has(ofSite(all).event(event.get()))) {
      return all.event(event.get());
    }
    for (String field : fields) {
      if (has(ofSite(all).field(field, text))) {
        return all.field(field, text);
      }
    }
    Optional<DeliveryQuery> named = named(all);
    if (named.isPresent()) {
      return named.get();
    }
    if (!name.isEmpty()) {
      throw InvalidException.of("q", rule(name));
    }
    return fields.isEmpty() ? nothing(all) : all.field(fields.get(0), text);
  }

  /** Narrows a query to matches in the list's other columns; empty if there can be none. */
  private Optional<DeliveryQuery> named(DeliveryQuery all) {
    Matcher status = STATUS.matcher(text);
    if (status.matches()) {
      return Optional.of(ofStatus(all, Integer.parseInt(status.group(1))));
    }
    Set<EventType> types =
        access.eventTypes().stream()
            .map(EventTypeDefinition::type)
            .filter(type -> isIn(type.name()))
            .collect(Collectors.toSet());
    if (!types.isEmpty()) {
      Set<EventType> some = new HashSet<>(types);
      some.removeIf(type -> !all.types().contains(type));
      return Optional.of(some.isEmpty() ? nothing(all) : all.types(some));
    }
    Set<EndpointId> endpoints =
        access.endpoints().stream()
            .filter(one -> isIn(one.description()) || isIn(url(one)))
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    return endpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(all.endpoints(all.endpoints().and(EndpointScope.only(endpoints))));
  }

  private static DeliveryQuery ofStatus(DeliveryQuery all, int code) {
    Integer chosen = all.statusCode();
    Integer ofClass = all.statusClass();
    return (chosen == null || chosen == code) && (ofClass == null || ofClass == code / 100)
        ? all.statusClass(null).statusCode(code)
        : nothing(all);
  }

  /** Returns the URL of an endpoint, without the scheme unless that is typed. */
  private String url(Endpoint endpoint) {
    TargetUrl url = endpoint.url();
    return text.contains("://") ? url.text() : url.authority() + url.pathAndQuery();
  }

  private boolean isIn(String name) {
    return text.length() >= MIN_LENGTH
        && name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  private static DeliveryQuery nothing(DeliveryQuery all) {
    return all.endpoints(EndpointScope.only(Set.of()));
  }

  private static DeliveryQuery ofSite(DeliveryQuery all) {
    return DeliveryQuery.ofSite(all.site());
  }

  private boolean has(DeliveryQuery query) {
    return !access.deliveries(query.limit(1)).data().isEmpty();
  }

  private Optional<EventId> event() {
    try {
      return Optional.of(new EventId(text));
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  private String rule(String name) {
    return fields.isEmpty()
        ? "must be an id, an event type, an endpoint or an HTTP status"
        : "has the field “"
            + name
            + "”, but only these can be searched: "
            + String.join(", ", fields)
            + Nearest.hint(name, fields);
  }
}
