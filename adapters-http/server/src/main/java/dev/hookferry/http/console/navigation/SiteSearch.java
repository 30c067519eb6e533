package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Search for sites by a part of their id, name or uid. */
public final class SiteSearch {
  private SiteSearch() {}

  static Stream<Site> matching(Webhooks webhooks, String text) {
    String sought = text.toLowerCase(Locale.ROOT);
    return all(webhooks).stream()
        .filter(site -> (site.id() + " " + called(site)).toLowerCase(Locale.ROOT).contains(sought));
  }

  /** Returns the name and uid of a site; empty if it has neither. */
  public static String called(Site site) {
    String name = site.profile().name();
    String uid = site.profile().uid() == null ? "" : site.profile().uid();
    return name + (name.isEmpty() || uid.isEmpty() ? "" : " · ") + uid;
  }

  /** Returns the name of a site; its id if it has none. */
  public static String shown(Site site) {
    String name = site.profile().name();
    return name.isEmpty() ? site.id().value() : name;
  }

  static List<Site> all(Webhooks webhooks) {
    List<Site> all = new ArrayList<>();
    PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT);
    String cursor = null;
    do {
      Page<Site> page = webhooks.sites().list(part.after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
