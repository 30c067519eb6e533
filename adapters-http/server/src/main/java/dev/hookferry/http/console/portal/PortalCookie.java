package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a portal session: the site, which is no secret and tells where to sign in again
 * once the session has ended, and the token.
 */
record PortalCookie(@Nullable SiteId site, String token) {
  private static final String NAME = "hookferry-portal";

  /** The prefix restricts the cookie to TLS. */
  private static final String SECURE = "__Secure-";

  private static final char BETWEEN = '~';

  static PortalCookie of(ConsoleRequest request, boolean behindTls) {
    String value = request.cookie(name(request, behindTls));
    int between = value == null ? -1 : value.indexOf(BETWEEN);
    if (value == null || between < 0) {
      return new PortalCookie(null, "");
    }
    return new PortalCookie(
        site(value.substring(0, between)).orElse(null), value.substring(between + 1));
  }

  private static Optional<SiteId> site(String text) {
    try {
      return Optional.of(new SiteId(text));
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the header that sets the cookie. In a frame of a foreign site over TLS, the cookie is
   * partitioned, so that browsers keep it for that site alone; everywhere else, other sites' forms
   * do not send it.
   */
  String header(ConsoleRequest request, boolean behindTls) {
    boolean tls = isTls(request, behindTls);
    boolean foreignFrame =
        "iframe".equals(request.header("sec-fetch-dest"))
            && "cross-site".equals(request.header("sec-fetch-site"));
    String attributes =
        tls && foreignFrame
            ? "; SameSite=None; Secure; Partitioned"
            : "; SameSite=Lax" + (tls ? "; Secure" : "");
    return name(request, behindTls)
        + "="
        + site
        + BETWEEN
        + token
        + "; Path=/portal; HttpOnly"
        + attributes;
  }

  private static String name(ConsoleRequest request, boolean behindTls) {
    return isTls(request, behindTls) ? SECURE + NAME : NAME;
  }

  private static boolean isTls(ConsoleRequest request, boolean behindTls) {
    return behindTls || request.secure();
  }
}
