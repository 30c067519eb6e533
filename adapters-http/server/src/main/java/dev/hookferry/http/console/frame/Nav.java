package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import dev.hookferry.http.console.text.FormValues;
import java.util.List;
import java.util.regex.Pattern;

/** The entries of the navigation. */
public enum Nav {
  FIND("Find", "/find", Scope.READ, "f"),
  OVERVIEW("Overview", "", Scope.READ, "o"),
  PROBLEMS("Problems", "/problems", Scope.READ, "b"),
  PROPERTIES("QLM server properties", "/server-properties", Scope.READ, "p"),
  ENDPOINTS("Endpoints", "/endpoints", Scope.READ, "e"),
  DELIVERIES("Deliveries", "/deliveries", Scope.READ, "d"),
  EVENTS("Events", "/events", Scope.READ, "v"),
  RETRY_QUEUE("Retry queue", "/retry-queue", Scope.READ, "q"),
  REPLAYS("Replays", "/replays", Scope.READ, "r"),
  EVENT_TYPES("Event types", "/event-types", Scope.READ, "t"),
  SETTINGS("Site settings", "/settings", Scope.READ, "w"),
  PORTAL("Portal", "/portal", Scope.MANAGE, "l"),
  SEND("Publish", "/send", Scope.PUBLISH, "s"),
  VERIFY("Verify", "/verify", Scope.READ, "y"),
  SITES("Sites", "/sites", Scope.ADMIN, "i"),
  KEYS("API keys", "/keys", Scope.ADMIN, "k"),
  AUDIT("Audit log", "/audit", Scope.ADMIN, "a"),
  OUTBOXES("Outboxes", "/outboxes", Scope.ADMIN, "x"),
  SYSTEM("System", "/system", Scope.ADMIN, "m"),
  NONE("", "", Scope.READ, "");

  private static final Pattern OF_ONE_SITE = Pattern.compile("(ep|evt|dlv|att|rpl)_");

  /** Pages of the whole server, for admins. */
  public static final List<Nav> OF_SERVER = List.of(SITES, KEYS, AUDIT, OUTBOXES, SYSTEM);

  /** The groups of the navigation, in order. */
  static final List<Group> GROUPS =
      List.of(
          new Group("Monitor", List.of(OVERVIEW, PROBLEMS, FIND)),
          new Group("Traffic", List.of(EVENTS, DELIVERIES, RETRY_QUEUE, REPLAYS)),
          new Group("Setup", List.of(ENDPOINTS, EVENT_TYPES, SETTINGS, PORTAL, PROPERTIES)),
          new Group("Tools", List.of(SEND, VERIFY)),
          new Group("Server", OF_SERVER));

  /** Pages of a site, in order. */
  static final List<Nav> OF_SITE =
      GROUPS.stream()
          .flatMap(group -> group.pages().stream())
          .filter(page -> !OF_SERVER.contains(page))
          .toList();

  /** Navigation entries under one label. */
  public record Group(String label, List<Nav> pages) {}

  private final String title;
  private final String path;
  private final Scope scope;

  private final String letter;

  Nav(String title, String path, Scope scope, String letter) {
    this.letter = letter;
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

  /** Returns whether the entry shows a count of items that wait for a user or for an attempt. */
  public boolean isCounted() {
    return this == PROBLEMS || this == RETRY_QUEUE;
  }

  /** Returns the path, relative to the site; absolute for pages of the server. */
  public String path() {
    return path;
  }

  /** Returns the letter that opens the page when typed after {@code g}. */
  public String letter() {
    return letter;
  }

  /**
   * Returns the page to show after switching to another site: the same page with its filter; the
   * list if the page is about one object; otherwise the overview.
   *
   * @param below path below the site
   */
  public static String kept(String below, FormValues query) {
    for (Nav nav : OF_SITE) {
      if (below.equals(nav.path)) {
        return below + filter(query);
      }
      if (!nav.path.isEmpty() && below.startsWith(nav.path + "/")) {
        return nav.path;
      }
    }
    return "";
  }

  /** Returns the filter without values that exist at one site only, such as ids and cursors. */
  private static String filter(FormValues query) {
    FormValues kept = query;
    for (String name : query.names()) {
      boolean isSiteSpecific =
          query.texts(name).stream().anyMatch(text -> OF_ONE_SITE.matcher(text).lookingAt());
      if (isSiteSpecific || name.equals("cursor")) {
        kept = kept.without(name);
      }
    }
    return kept.query();
  }
}
