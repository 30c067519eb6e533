package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Looks up the uids of endpoints, which users know better than ids. */
public final class UidLookup {
  private static final int PAGE = 500;
  private static final int MAX_PAGES = 10;

  private UidLookup() {}

  /** Returns the uid of an endpoint; empty if it has none or was removed. */
  static String of(SiteOptions site, String id) {
    try {
      return uid(site.client().get(site.path("endpoints", id)));
    } catch (ApiException e) {
      if (e.isAbsent()) {
        return "";
      }
      throw e;
    }
  }

  /** Returns the uid of an endpoint, or its id if it has none or was removed. */
  public static String nameOf(SiteOptions site, String id) {
    String uid = of(site, id);
    return uid.isEmpty() ? id : uid;
  }

  /**
   * Returns the uids of these endpoints of a site, by id; omits those without one. Reads at most
   * the newest 5,000 endpoints of the site.
   */
  public static Map<String, String> of(ServerOptions server, String site, Set<String> ids) {
    return names(server, site, ids, UidLookup::uid);
  }

  /** Returns the uid of an endpoint; empty if it has none. */
  static String uid(JsonNode endpoint) {
    return TableListing.text(endpoint.path("uid"));
  }

  /** Returns the uid of an endpoint; without one its description, else its host and path. */
  static String label(JsonNode endpoint) {
    String uid = uid(endpoint);
    String name = uid.isEmpty() ? TableListing.text(endpoint.path("description")) : uid;
    return name.isBlank() ? endpoint.path("url").asText().replaceFirst("^https?://", "") : name;
  }

  /** Returns other names in the same way, by id; omits those that are empty. */
  static Map<String, String> names(
      ServerOptions server, String site, Set<String> ids, Function<JsonNode, String> name) {
    Set<String> wanted = new TreeSet<>(ids);
    wanted.remove("");
    Map<String, String> names = new HashMap<>();
    Path first = Path.ofSite(site, "endpoints").with("limit", PAGE);
    Path next = first;
    for (int i = 0; i < MAX_PAGES && !wanted.isEmpty(); i++) {
      JsonNode page = server.client().get(next);
      for (JsonNode endpoint : page.path("data")) {
        String id = endpoint.path("id").asText();
        if (wanted.remove(id) && !name.apply(endpoint).isEmpty()) {
          names.put(id, name.apply(endpoint));
        }
      }
      if (!page.hasNonNull("next")) {
        return names;
      }
      next = first.with("cursor", page.path("next").asText());
    }
    return names;
  }
}
