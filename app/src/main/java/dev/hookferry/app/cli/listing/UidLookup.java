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

/** The uids of endpoints, which people know better than ids. */
public final class UidLookup {
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 10;

  private UidLookup() {}

  /** Returns the uid of an endpoint; empty if it has none or was removed. */
  static String of(SiteOptions site, String id) {
    try {
      return TableListing.text(site.client().get(site.path("endpoints", id)).path("uid"));
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
   * Returns the uids of these endpoints of a site by their ids, as far as they have one. Reads at
   * most the newest 5,000 endpoints of the site.
   */
  public static Map<String, String> of(ServerOptions server, String site, Set<String> ids) {
    Set<String> wanted = new TreeSet<>(ids);
    wanted.remove("");
    Map<String, String> uids = new HashMap<>();
    Path first = Path.ofSite(site, "endpoints").with("limit", PAGE);
    Path next = first;
    for (int i = 0; i < MOST_PAGES && !wanted.isEmpty(); i++) {
      JsonNode page = server.client().get(next);
      for (JsonNode endpoint : page.path("data")) {
        String id = endpoint.path("id").asText();
        if (wanted.remove(id) && endpoint.hasNonNull("uid")) {
          uids.put(id, endpoint.path("uid").asText());
        }
      }
      if (!page.hasNonNull("next")) {
        return uids;
      }
      next = first.with("cursor", page.path("next").asText());
    }
    return uids;
  }
}
