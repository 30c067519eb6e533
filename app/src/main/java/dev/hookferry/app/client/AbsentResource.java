package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a resource was looked for, and which command lists those that exist. */
final class AbsentResource {
  private static final Pattern DETAIL =
      Pattern.compile(
          "there is no (endpoint|site|key|event type|replay|outbox|delivery|event|session|blocked key)"
              + " \\S+");
  private static final Pattern SITE = Pattern.compile("/api/v1/sites/([^/]+)/.*");
  private static final Map<String, String> LISTS =
      Map.of(
          "endpoint", "endpoints list",
          "site", "sites list",
          "key", "keys list",
          "event type", "event-types list",
          "replay", "replays list",
          "outbox", "outboxes list",
          "delivery", "deliveries list",
          "event", "events list",
          "session", "portal sessions",
          "blocked key", "blocked-keys list");

  private AbsentResource() {}

  /** Returns what to append to the detail of a 404; empty for anything else. */
  static String hint(URI called, JsonNode problem) {
    Matcher detail = DETAIL.matcher(problem.path("detail").asText());
    if (!detail.matches()) {
      return "";
    }
    String kind = detail.group(1);
    Matcher site = SITE.matcher(called.getPath());
    String where = site.matches() && !kind.equals("site") ? " in the site " + site.group(1) : "";
    return where + "; hookferry " + LISTS.get(kind) + " shows all";
  }
}
