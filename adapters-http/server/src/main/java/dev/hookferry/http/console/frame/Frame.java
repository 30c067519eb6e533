package dev.hookferry.http.console.frame;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.observe.NodeCondition;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The frame around every page.
 *
 * @param title the page's title
 * @param nav the navigation entry to mark as current
 * @param site the current site
 * @param sites the sites to choose from: the current one and the newest others, by name
 * @param key the key that is signed in
 * @param csrf token to send back with every change
 * @param manage whether this key may change this site
 * @param pages the pages of the site that this key may see
 * @param flash one-time message
 * @param banners notices about what keeps this node from delivering
 * @param now the server's time, for relative times that the browser updates
 */
public record Frame(
    String title,
    Nav nav,
    String site,
    List<String> sites,
    ApiKey key,
    String csrf,
    boolean manage,
    List<Nav> pages,
    Session.@Nullable Flash flash,
    List<Banner> banners,
    String now) {
  static Frame of(Visit visit, Nav nav, String title, List<String> sites, NodeCondition condition) {
    return new Frame(
        title,
        nav,
        visit.site().value(),
        sites,
        visit.key(),
        visit.session().csrf(),
        visit.can(Scope.MANAGE),
        Nav.OF_SITE.stream().filter(page -> visit.can(page.scope())).toList(),
        visit.session().takeFlash(),
        Banner.of(condition, isAdmin(visit.key()), visit.now()),
        visit.now().toString());
  }

  private static boolean isAdmin(ApiKey key) {
    return key.permits(Scope.ADMIN, null);
  }

  /** Returns whether this key may see the server-wide pages. */
  public boolean admin() {
    return isAdmin(key);
  }

  /** Returns the scopes of the key, for display. */
  public String scopes() {
    return key.scopes().stream()
        .sorted(Comparator.naturalOrder())
        .map(Scope::code)
        .collect(Collectors.joining(", "));
  }

  /** Returns the path prefix of static files. */
  public String assets() {
    return Assets.PATH;
  }

  /** Returns whether this key may read the site. */
  public boolean read() {
    return pages.contains(Nav.OVERVIEW);
  }

  /** Returns the path of a page below the site. */
  public String path(String below) {
    return "/sites/" + site + below;
  }
}
