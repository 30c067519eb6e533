package dev.hookferry.app.alerts;

/**
 * Links from alerts to pages of the console.
 *
 * @param consoleUrl the console's address as users reach it; empty for no links
 */
record ConsoleLinks(String consoleUrl) {
  private static final int SITE = 1;
  private static final int ID = 2;

  /** Returns the URL of the page that shows the subject of an alert; empty for no link. */
  String of(Alert alert) {
    return consoleUrl.isEmpty() ? "" : consoleUrl + page(alert);
  }

  /** Returns whether a line of a message is a link rather than a sentence. */
  static boolean isLink(String line) {
    return line.startsWith("https://") || line.startsWith("http://");
  }

  private static String page(Alert alert) {
    String[] words = alert.key().split(" ", -1);
    return switch (alert.type()) {
      case STORE_UNAVAILABLE, BACKLOG_LATE, NODE_FAULT -> "/system";
      case DELIVERY_EXHAUSTED -> siteOf(words) + "/problems";
      case ENDPOINT_FAILING, ENDPOINT_DISABLED, EXPIRING ->
          siteOf(words) + "/endpoints/" + words[ID];
      case KEY_BLOCKED -> siteOf(words) + "/deliveries/" + words[ID];
    };
  }

  private static String siteOf(String... words) {
    return "/sites/" + words[SITE];
  }
}
