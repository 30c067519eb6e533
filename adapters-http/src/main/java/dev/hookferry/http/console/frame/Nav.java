package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import java.util.List;

/** The pages that the frame leads to. */
public enum Nav {
  OVERVIEW("Overview", "", Scope.READ),
  PROPERTIES("Server properties", "/server-properties", Scope.READ),
  ENDPOINTS("Endpoints", "/endpoints", Scope.READ),
  DELIVERIES("Deliveries", "/deliveries", Scope.READ),
  EVENTS("Events", "/events", Scope.READ),
  RETRY_QUEUE("Retry queue", "/retry-queue", Scope.READ),
  REPLAYS("Replays", "/replays", Scope.READ),
  SEND("Send", "/send", Scope.PUBLISH),
  VERIFY("Verify", "/verify", Scope.READ),
  SITES("Sites", "/sites", Scope.ADMIN),
  KEYS("Keys", "/keys", Scope.ADMIN),
  SYSTEM("System", "/system", Scope.ADMIN),
  NONE("", "", Scope.READ);

  /** Those of a site, in their order. */
  static final List<Nav> OF_SITE =
      List.of(
          OVERVIEW, PROPERTIES, ENDPOINTS, DELIVERIES, RETRY_QUEUE, EVENTS, REPLAYS, SEND, VERIFY);

  /** Those of the whole server, for admins. */
  public static final List<Nav> OF_SERVER = List.of(SITES, KEYS, SYSTEM);

  private final String title;
  private final String path;
  private final Scope scope;

  Nav(String title, String path, Scope scope) {
    this.title = title;
    this.path = path;
    this.scope = scope;
  }

  /** What a key must permit to see it. */
  Scope scope() {
    return scope;
  }

  public String title() {
    return title;
  }

  /** Below the site; whole for pages of the server. */
  public String path() {
    return path;
  }
}
