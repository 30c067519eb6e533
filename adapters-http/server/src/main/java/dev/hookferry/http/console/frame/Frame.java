package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import dev.hookferry.observe.NodeCondition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame around every page.
 *
 * @param title the page's title
 * @param nav the navigation entry to mark as current
 * @param site the current site
 * @param sites the sites to choose from, at least the current one
 * @param key the name of the key
 * @param scopes the key's permissions, in words
 * @param csrf token to send back with every change
 * @param admin whether this key may see the pages of the whole server
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
    String key,
    String scopes,
    String csrf,
    boolean admin,
    boolean manage,
    List<Nav> pages,
    Session.@Nullable Flash flash,
    List<Banner> banners,
    String now) {
  static Frame of(Visit visit, Nav nav, String title, List<String> sites, NodeCondition condition) {
    boolean admin = visit.key().permits(Scope.ADMIN, null);
    List<String> scopes =
        visit.key().scopes().stream().sorted(Comparator.naturalOrder()).map(Scope::word).toList();
    return new Frame(
        title,
        nav,
        visit.site().value(),
        sites,
        visit.key().name(),
        String.join(", ", scopes),
        visit.session().csrf(),
        admin,
        visit.can(Scope.MANAGE),
        Nav.OF_SITE.stream().filter(page -> visit.can(page.scope())).toList(),
        visit.session().heard(),
        Banner.of(condition, admin, visit.now()),
        visit.now().toString());
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
