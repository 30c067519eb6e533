package dev.hookferry.event;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.UnknownName;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The event types known to a site: QLM's eight and those that the site declares.
 *
 * @param declared the site's own types
 * @param qlmHidden whether QLM's types are hidden in lists; they can still be published
 * @param open whether types that the site does not declare can also be published; they are checked
 *     by the schemas of the site {@code default}
 */
public record EventCatalog(Set<EventType> declared, boolean qlmHidden, boolean open) {
  /** QLM's license events; {@code license_modified} was added in a later version of QLM. */
  public static final List<EventType> LICENSE_EVENTS =
      types(
          "license_activated",
          "license_created",
          "license_deleted",
          "license_modified",
          "license_released");

  /** QLM's customer events. */
  public static final List<EventType> CUSTOMER_EVENTS =
      types("customer_created", "customer_deleted", "customer_modified");

  /** All eight, in the order in which QLM's documentation lists them. */
  public static final List<EventType> QLM_EVENTS =
      Stream.concat(LICENSE_EVENTS.stream(), CUSTOMER_EVENTS.stream()).toList();

  private static final Set<EventType> QLM_SET = Set.copyOf(QLM_EVENTS);

  /** Creates a catalogue that lists QLM's types and accepts no undeclared types. */
  public EventCatalog(Set<EventType> declared) {
    this(declared, false);
  }

  /** Creates a catalogue that accepts only QLM's types and the declared ones. */
  public EventCatalog(Set<EventType> declared, boolean qlmHidden) {
    this(declared, qlmHidden, false);
  }

  public EventCatalog {
    Objects.requireNonNull(declared, "declared");
    declared = Set.copyOf(declared);
  }

  /** Returns whether a producer may publish this type. */
  public boolean accepts(EventType type) {
    Objects.requireNonNull(type, "type");
    return contains(type)
        || (open && !type.equals(EventType.TEST) && !OperationalEvents.contains(type));
  }

  /** Returns whether this is one of QLM's types or of those that the site declares. */
  public boolean contains(EventType type) {
    Objects.requireNonNull(type, "type");
    return QLM_SET.contains(type) || (declared.contains(type) && !OperationalEvents.contains(type));
  }

  /**
   * Returns whether a subscription matches a type of the site. Exact names of operational events
   * and of tests also match; patterns do not match these.
   */
  public boolean matchesAny(EventTypeFilter subscription) {
    Objects.requireNonNull(subscription, "subscription");
    if (subscription.isExact()) {
      EventType type = new EventType(subscription.pattern());
      return contains(type) || OperationalEvents.contains(type) || type.equals(EventType.TEST);
    }
    return Stream.concat(QLM_EVENTS.stream(), declared.stream()).anyMatch(subscription::matches);
  }

  /** Returns QLM's types unless they are hidden, then the declared ones sorted by name. */
  public List<EventType> types() {
    return Stream.concat(
            QLM_EVENTS.stream().filter(type -> !qlmHidden),
            declared.stream().filter(t -> qlmHidden || !QLM_EVENTS.contains(t)).sorted(order()))
        .toList();
  }

  /** Returns the sort order of {@link #types}; also orders types that have been removed. */
  public Comparator<EventType> order() {
    return Comparator.comparing(
            (EventType type) ->
                qlmHidden || !QLM_EVENTS.contains(type)
                    ? QLM_EVENTS.size()
                    : QLM_EVENTS.indexOf(type))
        .thenComparing(EventType::name);
  }

  /** Returns the error message for an unknown type. */
  public String unknownTypeMessage(EventType type) {
    Objects.requireNonNull(type, "type");
    List<String> names = types().stream().map(EventType::name).toList();
    String hint = Nearest.hint(type.name(), names);
    return "is not a known event type (got "
        + type.name()
        + ")"
        + (hint.isEmpty() ? "." : hint)
        + " A site declares its own types in its setting eventTypes";
  }

  /** Returns an unknown type together with the closest name in the catalogue. */
  public UnknownName unknownType(EventType type) {
    Objects.requireNonNull(type, "type");
    List<String> names = types().stream().map(EventType::name).toList();
    return UnknownName.of(UnknownName.EVENT_TYPE, type.name(), names);
  }

  private static List<EventType> types(String... names) {
    return Stream.of(names).map(EventType::new).toList();
  }
}
