package dev.hookferry.http.console.portal.types;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.id.EventType;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event types that customers see. */
public final class PublicTypes {
  private PublicTypes() {}

  /**
   * An event type.
   *
   * @param description text to display; may be empty
   * @param example the data of a typical event; may be empty
   * @param deprecated whether receivers should no longer rely on it
   */
  public record TypeLine(String type, String description, String example, boolean deprecated) {
    static TypeLine of(EventTypeDefinition type) {
      String example = type.example();
      return new TypeLine(
          type.type().name(),
          type.description(),
          example == null ? "" : PrettyJson.of(Payload.of(example)),
          type.deprecated());
    }

    /** Returns whether the type is built in rather than the site's own. */
    public boolean isBuiltIn() {
      return EventCatalog.QLM_EVENTS.contains(new EventType(type));
    }
  }

  /**
   * An event type in a list.
   *
   * @param receivers the number of the customer's endpoints that receive it
   */
  public record ListedType(TypeLine line, int receivers) {}

  /**
   * All details of an event type.
   *
   * @param body an example as receivers see it; empty if there is none
   * @param schema the schema of its data; empty if there is none
   * @param receivers the customer's endpoints that receive it
   */
  public record TypeDetails(
      TypeLine line, BodyText body, BodyText schema, List<Endpoint> receivers) {}

  private static BodyText body(@Nullable Payload json) {
    return BodyText.of(json == null ? "" : PrettyJson.of(json), "");
  }

  /** Returns the types that may be subscribed to, the built-in ones last. */
  static List<EventTypeDefinition> ownFirst(PortalAccess access) {
    return access.eventTypes().stream()
        .sorted(Comparator.comparing(type -> EventCatalog.QLM_EVENTS.contains(type.type())))
        .toList();
  }

  /** Returns the types that may be subscribed to. */
  public static List<TypeLine> lines(PortalAccess access) {
    return ownFirst(access).stream().map(TypeLine::of).toList();
  }

  /** Returns the types that may be subscribed to, with the endpoints that receive them. */
  public static List<ListedType> listed(PortalAccess access) {
    List<Endpoint> mine = access.endpoints();
    return ownFirst(access).stream()
        .map(type -> new ListedType(TypeLine.of(type), receivers(mine, type.type()).size()))
        .toList();
  }

  private static List<Endpoint> receivers(List<Endpoint> endpoints, EventType type) {
    return endpoints.stream().filter(endpoint -> endpoint.isSubscribedTo(type)).toList();
  }

  /** Returns a type that may be subscribed to or that one of the endpoints receives anyway. */
  public static Optional<TypeDetails> find(
      Webhooks webhooks, PortalAccess access, EventType type, Instant now) {
    List<Endpoint> receivers = receivers(access.endpoints(), type);
    Optional<EventTypeDefinition> described =
        access.eventTypes().stream().filter(one -> one.type().equals(type)).findFirst();
    if (described.isEmpty() && receivers.isEmpty()) {
      return Optional.empty();
    }
    EventTypeDefinition found =
        described.orElseGet(() -> EventTypeDefinition.undescribed(access.session().site(), type));
    Envelope envelope = webhooks.sites().get(access.session().site()).settings().envelope();
    String example = found.example();
    return Optional.of(
        new TypeDetails(
            TypeLine.of(found),
            body(example == null ? null : envelope.wrap(type, now, Payload.of(example))),
            body(found.schema().map(one -> Payload.of(one.schema())).orElse(null)),
            receivers));
  }
}
