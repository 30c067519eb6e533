package dev.hookferry.http.console.portal.site;

import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a portal session, with the token and the site. The site is not secret and shows
 * where to sign in again once the session has ended.
 *
 * @param site the site, or null if the browser sent no cookie
 * @param token the token of the session; empty if the browser sent none
 */
public record PortalCookie(@Nullable SiteId site, String token) {
  private static final String NAME = "hookferry-portal";
  private static final String FORM = "hookferry-portal-form";
  private static final String LANGUAGE = "hookferry-portal-language";

  /** The prefix restricts the cookie to TLS. */
  private static final String SECURE = "__Secure-";

  private static final String SCOPE = "; Path=/portal; HttpOnly";
  private static final String ANYWHERE = "; SameSite=None; Secure; Partitioned";
  private static final char BETWEEN = '~';

  /**
   * Returns the cookie that a browser sent, or one without site and token.
   *
   * @param behindTls whether a proxy in front of this server terminates TLS
   */
  public static PortalCookie of(ConsoleRequest request, boolean behindTls) {
    String value = request.cookie(name(NAME, isTls(request, behindTls)));
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

  /** Returns whether the browser shows the page in a frame of a foreign site. */
  private static boolean isInForeignFrame(ConsoleRequest request) {
    return isInFrame(request) && "cross-site".equals(request.header("sec-fetch-site"));
  }

  /** Returns whether the browser shows the page in a frame. */
  public static boolean isInFrame(ConsoleRequest request) {
    return "iframe".equals(request.header("sec-fetch-dest"));
  }

  /**
   * Returns the header that sets the cookie. In a frame of a foreign site over TLS, the cookie is
   * partitioned, so that browsers keep it for that site only. Otherwise, forms of other sites do
   * not send it.
   */
  public String header(ConsoleRequest request, boolean behindTls) {
    boolean tls = isTls(request, behindTls);
    String attributes = attributes(tls, isInForeignFrame(request));
    return name(NAME, tls) + "=" + site + BETWEEN + token + SCOPE + attributes;
  }

  /**
   * Returns the header that remembers a stored form for an hour. Forms are submitted by the
   * portal's own pages, so the request does not reveal whether they are framed by a foreign site.
   */
  public static String formHeader(ConsoleRequest request, boolean behindTls, String form) {
    boolean tls = isTls(request, behindTls);
    String attributes = attributes(tls, isInFrame(request));
    return name(FORM, tls) + "=" + form + SCOPE + "; Max-Age=3600" + attributes;
  }

  /**
   * Returns the header that remembers the language that a visitor chose, for a year. It is chosen
   * on one of the portal's own pages, so the request does not reveal which site frames them.
   */
  public static String languageHeader(ConsoleRequest request, boolean behindTls, String language) {
    String attributes = attributes(isTls(request, behindTls), isInFrame(request));
    return LANGUAGE + "=" + language + SCOPE + "; Max-Age=31536000" + attributes;
  }

  private static String attributes(boolean tls, boolean framed) {
    return tls && framed ? ANYWHERE : "; SameSite=Lax" + (tls ? "; Secure" : "");
  }

  /** Returns the language that a visitor chose; empty for none. */
  public static String language(ConsoleRequest request) {
    String language = request.cookie(LANGUAGE);
    return language != null && Words.LANGUAGES.contains(language) ? language : "";
  }

  /** Returns the token of a stored form; empty if there is none. */
  public static String form(ConsoleRequest request, boolean behindTls) {
    String form = request.cookie(name(FORM, isTls(request, behindTls)));
    return form == null ? "" : form;
  }

  private static String name(String name, boolean tls) {
    return tls ? SECURE + name : name;
  }

  private static boolean isTls(ConsoleRequest request, boolean behindTls) {
    return behindTls || request.secure();
  }
}
