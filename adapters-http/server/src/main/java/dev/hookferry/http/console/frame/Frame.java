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
 * @param many whether there are several sites to switch between
 * @param here the current place in the console
 * @param key the key used to sign in
 * @param csrf the token to send back with every change
 * @param manage whether this key may change this site
 * @param pages the pages of the site that this key may see
 * @param flash one-time message
 * @param banners notices about anything that keeps this node from delivering
 * @param now the server's time, for relative times that the browser updates
 */
public record Frame(
    String title,
    Nav nav,
    String site,
    boolean many,
    Here here,
    ApiKey key,
    String csrf,
    boolean manage,
    List<Nav> pages,
    Session.@Nullable Flash flash,
    List<Banner> banners,
    String now) {
  /**
   * A place in the console.
   *
   * @param name the name of the site; empty if it has none
   * @param kept the page and filter to keep when switching to another site, below the site
   * @param asked the search text, or empty
   * @param live whether the page can be reloaded; false for the reply to a form
   */
  public record Here(String name, String kept, String asked, boolean live) {
    static Here of(Visit visit, String name) {
      String site = "/sites/" + visit.site();
      String path = visit.request().path();
      boolean isHere = path.startsWith(site);
      return new Here(
          name,
          isHere ? Nav.kept(path.substring(site.length()), visit.query()) : "",
          path.equals(site + Nav.FIND.path()) ? visit.query().text("q") : "",
          visit.request().method().equals("GET"));
    }
  }

  /** The data of a frame that a visit does not provide. */
  record FrameContext(boolean many, String name, String csrf, NodeCondition condition) {}

  static Frame of(Visit visit, Nav nav, String title, FrameContext around) {
    return new Frame(
        title,
        nav,
        visit.site().value(),
        around.many(),
        Here.of(visit, around.name()),
        visit.key(),
        around.csrf(),
        visit.can(Scope.MANAGE),
        Nav.OF_SITE.stream()
            .filter(page -> visit.can(page.scope()))
            .filter(page -> page != Nav.PROPERTIES || nav == page || visit.usesQlm())
            .toList(),
        visit.session().takeFlash(),
        Banner.of(around.condition(), isAdmin(visit.key()), visit.now()),
        visit.now().toString());
  }

  private static boolean isAdmin(ApiKey key) {
    return key.permits(Scope.ADMIN, null);
  }

  /** Returns whether this key may see the server-wide pages. */
  public boolean admin() {
    return isAdmin(key);
  }

  /** Returns the groups of the navigation, with the pages that this key may see. */
  public List<Nav.Group> groups() {
    return Nav.GROUPS.stream()
        .map(
            group ->
                new Nav.Group(group.label(), group.pages().stream().filter(this::sees).toList()))
        .filter(group -> !group.pages().isEmpty())
        .toList();
  }

  private boolean sees(Nav page) {
    return pages.contains(page) || (admin() && Nav.OF_SERVER.contains(page));
  }

  /** Returns whether the page has its own search box, replacing the one above other pages. */
  public boolean isSearch() {
    return nav == Nav.FIND;
  }

  /** Returns the name of the site; empty if it has none. */
  public String siteName() {
    return here.name();
  }

  /** Returns the path of a navigation entry. */
  public String path(Nav page) {
    return Nav.OF_SERVER.contains(page) ? page.path() : path(page.path());
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

  /** Returns whether the page mentions QLM. */
  public boolean qlm() {
    return pages.contains(Nav.PROPERTIES);
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
