package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import dev.hookferry.observe.NodeCondition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param title of the page
 * @param nav which of the frame's links leads here
 * @param site in which the person is
 * @param sites between which the person may choose, at least this one
 * @param key the name of the key
 * @param scopes what it may do, in words
 * @param csrf to be given back with every change
 * @param admin whether the pages of the whole server are for this key
 * @param manage whether this key may change this site
 * @param pages those of the site that this key may see
 * @param flash what is to be said once
 * @param banners what keeps this node from delivering
 * @param now the server's time, for times that go on
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

  /** Where the static files are. */
  public String assets() {
    return Assets.PATH;
  }

  /** Whether this key may look at the site. */
  public boolean read() {
    return pages.contains(Nav.OVERVIEW);
  }

  /** The path of something below the site. */
  public String path(String below) {
    return "/sites/" + site + below;
  }
}
