package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
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
 * @param flash what is to be said once
 * @param assets where the static files are
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
    Session.@Nullable Flash flash,
    String assets) {
  static Frame of(Visit visit, Nav nav, String title, List<String> sites) {
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
        visit.key().permits(Scope.ADMIN, null),
        visit.can(Scope.MANAGE),
        visit.session().heard(),
        Assets.PATH);
  }

  /** The path of something below the site. */
  public String path(String below) {
    return "/sites/" + site + below;
  }
}
