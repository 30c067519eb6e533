package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import java.util.List;

/** The entries of the navigation. */
public enum Nav {
  OVERVIEW("Overview", "", Scope.READ),
  PROPERTIES("Server properties", "/server-properties", Scope.READ),
  ENDPOINTS("Endpoints", "/endpoints", Scope.READ),
  DELIVERIES("Deliveries", "/deliveries", Scope.READ),
  EVENTS("Events", "/events", Scope.READ),
  RETRY_QUEUE("Retry queue", "/retry-queue", Scope.READ),
  REPLAYS("Replays", "/replays", Scope.READ),
  EVENT_TYPES("Event types", "/event-types", Scope.READ),
  SEND("Send", "/send", Scope.PUBLISH),
  VERIFY("Verify", "/verify", Scope.READ),
  SITES("Sites", "/sites", Scope.ADMIN),
  KEYS("Keys", "/keys", Scope.ADMIN),
  OUTBOXES("Outboxes", "/outboxes", Scope.ADMIN),
  SYSTEM("System", "/system", Scope.ADMIN),
  NONE("", "", Scope.READ);

  /** Pages of a site, in order. */
  static final List<Nav> OF_SITE =
      List.of(
          OVERVIEW,
          PROPERTIES,
          ENDPOINTS,
          DELIVERIES,
          RETRY_QUEUE,
          EVENTS,
          EVENT_TYPES,
          REPLAYS,
          SEND,
          VERIFY);

  /** Pages of the whole server, for admins. */
  public static final List<Nav> OF_SERVER = List.of(SITES, KEYS, OUTBOXES, SYSTEM);

  private final String title;
  private final String path;
  private final Scope scope;

  Nav(String title, String path, Scope scope) {
    this.title = title;
    this.path = path;
    this.scope = scope;
  }

  /** Returns the scope that a key needs to see the page. */
  Scope scope() {
    return scope;
  }

  public String title() {
    return title;
  }

  /** Returns the path, relative to the site; absolute for pages of the server. */
  public String path() {
    return path;
  }
}
