package dev.hookferry.http.console.navigation;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The author of the last change, for keys that may read the audit log.
 *
 * @param by the name of the key or program
 * @param isAutomatic whether Hookferry itself changed it
 * @param path the page with all changes
 */
public record LastChange(String by, boolean isAutomatic, DisplayTime at, String path) {
  private static final PageRequest ONE = PageRequest.of(1);
  private static final Set<AuditAction> OF_ENDPOINT =
      Set.of(AuditAction.ENDPOINT_CREATED, AuditAction.ENDPOINT_CHANGED);

  /** Returns the last change to an endpoint; null if there is none or the key may not read it. */
  public static @Nullable LastChange ofEndpoint(Visit visit, String id) {
    if (!mayRead(visit)) {
      return null;
    }
    AuditQuery query = AuditQuery.ALL.site(visit.site()).target(id).actions(OF_ENDPOINT).page(ONE);
    String all = "/audit?target=" + FormValues.encoded(id);
    return visit.webhooks().audit().list(query).data().stream()
        .findFirst()
        .map(entry -> of(entry, visit, all))
        .orElse(null);
  }

  /**
   * Returns the last change of the site's settings, with the path of its entry among all of them;
   * null if there is none or the key may not read it.
   */
  public static @Nullable LastChange ofSettings(Visit visit) {
    if (!mayRead(visit)) {
      return null;
    }
    AuditAction action = AuditAction.SITE_CHANGED;
    AuditQuery query = AuditQuery.ALL.site(visit.site()).actions(Set.of(action)).page(ONE);
    String all = "/audit?site=" + visit.site() + "&action=" + action.code();
    return visit.webhooks().audit().list(query).data().stream()
        .findFirst()
        .map(entry -> of(entry, visit, all + "#" + entry.id()))
        .orElse(null);
  }

  /** Returns the change recorded by an audit entry. */
  public static LastChange of(AuditEntry entry, Visit visit, String path) {
    boolean isAutomatic = entry.actor().equals(Actor.HOOKFERRY);
    DisplayTime at = DisplayTime.of(entry.at(), visit.now());
    return new LastChange(entry.actor().name(), isAutomatic, at, path);
  }

  /** Returns whether a key may read the audit log. */
  public static boolean mayRead(Visit visit) {
    return visit.key().permits(Scope.ADMIN, null);
  }
}
