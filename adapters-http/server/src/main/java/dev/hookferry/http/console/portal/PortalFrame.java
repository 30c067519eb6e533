package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.Assets;

/**
 * The frame around the pages of the portal.
 *
 * @param title the page's title
 * @param product the name of the product; may be empty
 * @param isSignedIn whether there is a session
 */
public record PortalFrame(String title, String product, boolean isSignedIn) {
  /** Returns the path prefix of static files. */
  public String assets() {
    return Assets.PATH;
  }
}
