package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.refusal.UnknownName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource that does not exist on the server.
 *
 * @param kind the kind of the resource, such as {@code event_type}
 * @param name its id or name, as the request gave it
 * @param site the site in which it was looked up; empty if it belongs to none
 * @param endpoint the endpoint under which it was looked up; empty if there is none
 */
record AbsentResource(String kind, String name, String site, String endpoint) {
  private static final Pattern SITE = Pattern.compile("/api/v1/sites/([^/]+)/.*");
  private static final Pattern ENDPOINT = Pattern.compile(".*/endpoints/([^/]+)/.*");
  private static final Map<String, String> LISTS =
      Map.of(
          "endpoint", "endpoints list",
          "site", "sites list",
          "key", "keys list",
          "event_type", "event-types list",
          "replay", "replays list",
          "outbox", "outboxes list",
          "delivery", "deliveries list",
          "event", "events list",
          "session", "portal sessions",
          "blocked_key", "blocked-keys list");

  /** Returns the resource that a 404 is about; empty for any other problem. */
  static Optional<AbsentResource> of(URI called, JsonNode problem) {
    UnknownName unknown = UnknownNames.read(problem);
    if (unknown == null || !LISTS.containsKey(unknown.kind())) {
      return Optional.empty();
    }
    Matcher site = SITE.matcher(called.getPath());
    boolean isOfSite = site.matches() && !unknown.kind().equals("site");
    Matcher endpoint = ENDPOINT.matcher(called.getPath());
    boolean isBlockedKey = endpoint.matches() && unknown.kind().equals("blocked_key");
    return Optional.of(
        new AbsentResource(
            unknown.kind(),
            unknown.name(),
            isOfSite ? site.group(1) : "",
            isBlockedKey ? endpoint.group(1) : ""));
  }

  /**
   * Returns the text to append to the detail of the problem.
   *
   * @param nearest the closest name that exists; empty if there is none
   * @param flag the option that the suggested command needs to select the site, preceded by a
   *     space; may be empty
   */
  String hint(String nearest, String flag) {
    if (kind.equals("delivery") && name.startsWith("evt_")) {
      return "; that is an event: hookferry events show " + name + (site.isEmpty() ? "" : flag);
    }
    return (site.isEmpty() ? "" : " in the site " + site)
        + "; "
        + (nearest.isEmpty() ? "" : "did you mean " + nearest + "? ")
        + "hookferry "
        + LISTS.get(kind)
        + (endpoint.isEmpty() ? "" : " " + endpoint)
        + (site.isEmpty() ? "" : flag)
        + " shows all"
        + (kind.equals("site") ? "; hookferry keys whoami shows the site of the key" : "");
  }
}
