package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource that the server does not have.
 *
 * @param where where it was looked for, with a space before it; may be empty
 * @param list the command that lists those that exist
 * @param isOfSite whether that command needs the site
 */
record AbsentResource(String where, String list, boolean isOfSite) {
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

  /** Returns the resource that a 404 is about; empty for any other problem. */
  static Optional<AbsentResource> of(URI called, JsonNode problem) {
    Matcher detail = DETAIL.matcher(problem.path("detail").asText());
    if (!detail.matches()) {
      return Optional.empty();
    }
    String kind = detail.group(1);
    Matcher site = SITE.matcher(called.getPath());
    boolean isOfSite = site.matches() && !kind.equals("site");
    String where = isOfSite ? " in the site " + site.group(1) : "";
    return Optional.of(new AbsentResource(where, String.valueOf(LISTS.get(kind)), isOfSite));
  }

  /**
   * Returns what to append to the detail of the problem.
   *
   * @param site the option that the suggested command needs, with a space before it; may be empty
   */
  String hint(String site) {
    return where + "; hookferry " + list + (isOfSite ? site : "") + " shows all";
  }
}
