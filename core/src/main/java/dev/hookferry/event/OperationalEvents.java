package dev.hookferry.event;

import dev.hookferry.id.EventType;
import java.util.List;

/**
 * The events that Hookferry itself publishes about a site's endpoints. They go to those endpoints
 * only that name their type: neither {@code *} nor a beginning such as {@code endpoint_*} stands
 * for them, since whoever wants license events does not want these.
 */
public final class OperationalEvents {
  /** An endpoint has failed so often in a row that it is only probed now. */
  public static final EventType FAILING = new EventType("endpoint_failing");

  /** An endpoint was disabled, and its deliveries are held. */
  public static final EventType DISABLED = new EventType("endpoint_disabled");

  /** An endpoint that was failing answers again. */
  public static final EventType RECOVERED = new EventType("endpoint_recovered");

  /** All of them. */
  public static final List<EventType> ALL = List.of(FAILING, DISABLED, RECOVERED);

  private OperationalEvents() {}

  /** Whether it is one of them. */
  public static boolean contains(EventType type) {
    return type.equals(FAILING) || type.equals(DISABLED) || type.equals(RECOVERED);
  }
}
