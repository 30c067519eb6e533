package dev.hookferry.http.console.frame;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Protects a signed-in browser: security headers and the checks against cross-site requests. */
public final class BrowserSafety {
  /** The header with the content security policy. */
  public static final String POLICY = "Content-Security-Policy";

  private static final String SOURCES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

  /** The policy of a page that shows other pages of the console in frames. */
  public static final String FRAMING = SOURCES + "'none'; frame-src 'self'";

  /** The policy of a page that pages of the console show in frames. */
  public static final String FRAMED = SOURCES + "'self'";

  private static final Map<String, String> HEADERS =
      Map.of(
          POLICY,
          SOURCES + "'none'",
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

  /** Adds the headers that a reply does not have already. */
  public static ConsoleReply secured(ConsoleReply reply) {
    ConsoleReply secured = reply;
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      if (!reply.headers().containsKey(header.getKey())) {
        secured = secured.with(header.getKey(), header.getValue());
      }
    }
    return secured;
  }

  /** Returns whether a change was submitted from a console form in this session. */
  public static boolean isOurs(Visit visit) {
    return isSameOrigin(visit.request())
        && visit.session().isCsrf(unmasked(visit.form().raw("csrf")));
  }

  /**
   * Masks a token differently in every response, so that the length of a compressed response
   * reveals nothing about it (BREACH). The result is random bytes, followed by the token's bytes
   * XORed with them.
   */
  public static String masked(String token, RandomGenerator random) {
    byte[] secret = token.getBytes(StandardCharsets.US_ASCII);
    byte[] both = new byte[2 * secret.length];
    byte[] pad = new byte[secret.length];
    random.nextBytes(pad);
    for (int i = 0; i < secret.length; i++) {
      both[i] = pad[i];
      both[secret.length + i] = (byte) (pad[i] ^ secret[i]);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
  }

  /** Recovers the token from its masked form. Malformed input yields some other text. */
  public static String unmasked(String masked) {
    byte[] both;
    try {
      both = Base64.getUrlDecoder().decode(masked);
    } catch (IllegalArgumentException e) {
      return "";
    }
    if (both.length % 2 != 0) {
      return "";
    }
    byte[] secret = new byte[both.length / 2];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (both[i] ^ both[secret.length + i]);
    }
    return new String(secret, StandardCharsets.US_ASCII);
  }

  /** Returns whether the browser's headers, if present, name the same origin. */
  static boolean isSameOrigin(ConsoleRequest request) {
    String site = request.header("sec-fetch-site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.header("origin");
    return origin == null || sameHost(origin, request.header("host"));
  }

  /**
   * Returns whether the browser explicitly states that the request has the same origin. Pages of
   * other origins cannot forge this.
   */
  static boolean isProvablySameOrigin(ConsoleRequest request) {
    return (request.header("sec-fetch-site") != null || request.header("origin") != null)
        && isSameOrigin(request);
  }

  /**
   * Returns whether an origin matches the requested host. If a proxy has dropped the port from
   * Host, as nginx's {@code $host} does, only the names are compared.
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
