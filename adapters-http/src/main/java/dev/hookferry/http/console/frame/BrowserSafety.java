package dev.hookferry.http.console.frame;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keeps other pages, and what comes from outside, away from a browser that is signed in. */
public final class BrowserSafety {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "X-Frame-Options",
          "DENY");

  private BrowserSafety() {}

  public static ConsoleReply secured(ConsoleReply reply) {
    ConsoleReply secured = reply;
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      secured = secured.with(header.getKey(), header.getValue());
    }
    return secured;
  }

  /** Whether a change was asked for by a form of ours in this very session. */
  public static boolean isOurs(Visit visit) {
    return isSameOrigin(visit.request()) && visit.session().isCsrf(visit.form().raw("csrf"));
  }

  /** Whether the browser, as far as it says, sent this from a page of ours. */
  static boolean isSameOrigin(ConsoleRequest request) {
    String site = request.header("sec-fetch-site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.header("origin");
    return origin == null || sameHost(origin, request.header("host"));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    int slashes = origin.indexOf("//");
    return host != null && slashes >= 0 && origin.substring(slashes + 2).equalsIgnoreCase(host);
  }
}
