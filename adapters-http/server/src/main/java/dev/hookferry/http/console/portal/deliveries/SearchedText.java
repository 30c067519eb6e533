package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Text typed into the search box of the portal's deliveries: the id of a delivery or an event, a
 * value in the data of events, or a search field and its value, such as {@code order:4711}.
 */
final class SearchedText {
  private final PortalAccess access;
  private final String text;
  private final List<String> fields;

  SearchedText(PortalAccess access, String text) {
    this.access = access;
    this.text = text;
    fields = access.searchFields();
  }

  /** Returns the delivery of the session's scope that has this id. */
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
   * Narrows a query to what is searched for.
   *
   * @throws InvalidException if nothing can have such an id or value
   */
  DeliveryQuery narrow(DeliveryQuery all) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    if (fields.contains(name)) {
      return all.field(name, text.substring(colon + 1).strip());
    }
    if (isDelivery(text)) {
      // A delivery that exists has a page, to which its id leads.
      return all.endpoints(EndpointScope.only(Set.of()));
    }
    Optional<EventId> event = event();
    if (event.isPresent() && (fields.isEmpty() || has(ofSite(all).event(event.get())))) {
      return all.event(event.get());
    }
    for (String field : fields) {
      if (has(ofSite(all).field(field, text))) {
        return all.field(field, text);
      }
    }
    if (fields.isEmpty() || !name.isEmpty()) {
      throw InvalidException.of("q", rule(name));
    }
    return all.field(fields.get(0), text);
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
        ? "must be the id of an event or a delivery"
        : "has the field “"
            + name
            + "”, but only these can be searched: "
            + String.join(", ", fields)
            + Nearest.hint(name, fields);
  }
}
