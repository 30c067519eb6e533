package dev.hookferry.http.console.frame;

import java.util.List;

/** The pages that the frame leads to. */
public enum Nav {
  OVERVIEW("Overview", ""),
  PROPERTIES("Server properties", "/server-properties"),
  ENDPOINTS("Endpoints", "/endpoints"),
  DELIVERIES("Deliveries", "/deliveries"),
  EVENTS("Events", "/events"),
  RETRY_QUEUE("Retry queue", "/retry-queue"),
  REPLAYS("Replays", "/replays"),
  SEND("Send", "/send"),
  VERIFY("Verify", "/verify"),
  SITES("Sites", "/sites"),
  KEYS("Keys", "/keys"),
  SYSTEM("System", "/system"),
  NONE("", "");

  /** Those of a site, in their order. */
  public static final List<Nav> OF_SITE =
      List.of(
          OVERVIEW, PROPERTIES, ENDPOINTS, DELIVERIES, RETRY_QUEUE, EVENTS, REPLAYS, SEND, VERIFY);

  /** Those of the whole server, for admins. */
  public static final List<Nav> OF_SERVER = List.of(SITES, KEYS, SYSTEM);

  private final String title;
  private final String path;

  Nav(String title, String path) {
    this.title = title;
    this.path = path;
  }

  public String title() {
    return title;
  }

  /** Below the site; whole for pages of the server. */
  public String path() {
    return path;
  }
}
