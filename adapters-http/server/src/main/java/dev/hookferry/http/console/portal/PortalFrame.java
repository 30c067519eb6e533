package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.portal.PortalCapability;
import java.util.Set;

/**
 * The frame around the pages of the portal.
 *
 * @param title the page's title
 * @param product the name of the product; may be empty
 * @param path the path of the page
 * @param theme the path of the site's stylesheet
 * @param csrf the token for forms; empty if there is no session
 * @param can what the session permits besides reading
 * @param note what came of the last action; empty if there was none
 */
public record PortalFrame(
    String title,
    String product,
    String path,
    String theme,
    String csrf,
    Set<PortalCapability> can,
    String note) {
  /** Returns the path prefix of static files. */
  public String assets() {
    return Assets.PATH;
  }

  /** Returns whether there is a session. */
  public boolean isSignedIn() {
    return !csrf.isEmpty();
  }

  /** Returns whether the session permits to send test events. */
  public boolean test() {
    return can.contains(PortalCapability.TEST);
  }

  /** Returns whether the session permits to send deliveries again. */
  public boolean retry() {
    return can.contains(PortalCapability.RETRY);
  }

  /** Returns whether the session permits to add and change endpoints. */
  public boolean manage() {
    return can.contains(PortalCapability.MANAGE);
  }
}
