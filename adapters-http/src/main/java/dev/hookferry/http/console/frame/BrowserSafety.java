package dev.hookferry.http.console.frame;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([^/@:\\s]+|\\[[^/@\\]\\s]+])(:[0-9]+)?");

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

  /** Whether the browser says so outright, which no page of another origin can make it do. */
  static boolean isCertainlyOurs(ConsoleRequest request) {
    return (request.header("sec-fetch-site") != null || request.header("origin") != null)
        && isSameOrigin(request);
  }

  /**
   * Whether an origin is that of the host that was asked. A proxy may pass the host on without its
   * port, as nginx's {@code $host} does: then the name alone has to fit.
   */
  private static boolean sameHost(String origin, @Nullable String host) {
    Matcher matcher = ORIGIN.matcher(origin);
    if (host == null || !matcher.matches()) {
      return false;
    }
    String name = matcher.group(1);
    String port = matcher.group(2) == null ? "" : matcher.group(2);
    return (name + port).equalsIgnoreCase(host) || name.equalsIgnoreCase(host);
  }
}
