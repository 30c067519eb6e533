package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sign-in with an API key, and sign-out. Thread-safe. */
public final class SignIn {
  private static final String NAME = "hookferry";

  /** The {@code __Host-} prefix restricts the cookie to TLS and to this host. */
  private static final String SECURE_NAME = "__Host-hookferry";

  /** Suffix of the cookie name for the one-time message of the next page. */
  private static final String NOTE = "-note";

  /** Suffix of the cookie name for the last visited site. */
  private static final String SITE = "-site";

  private static final Pattern OF_SITE = Pattern.compile("/sites/([^/]+)(/.*)?");

  private final Webhooks webhooks;
  private final ConsoleSessions sessions;
  private final boolean behindTls;
  private final RandomGenerator random;

  public SignIn(
      Webhooks webhooks, ConsoleSessions sessions, boolean behindTls, RandomGenerator random) {
    this.random = random;
    this.webhooks = webhooks;
    this.sessions = sessions;
    this.behindTls = behindTls;
  }

  /** Returns the sign-in form, or the reply to a submitted one. */
  public ConsoleReply reply(ConsoleRequest request) {
    if (!request.method().equals("POST")) {
      String to = safe(FormValues.parse(request.query()).text("to"));
      return form(200, new Asked(to, "", UnsentForm.NONE));
    }
    FormValues form = FormValues.parse(request.body());
    String to = safe(form.text("to"));
    UnsentForm unsent = UnsentForm.read(form);
    if (!BrowserSafety.isSameOrigin(request)) {
      String wrong = "The form has expired or did not come from this console. Please try again.";
      return form(403, new Asked(to, wrong, UnsentForm.NONE));
    }
    if (request.blocked()) {
      String wrong = "Too many wrong keys. Wait a minute, then try again.";
      return form(429, new Asked(to, wrong, unsent)).with("Retry-After", "60");
    }
    Optional<ApiKey> key = webhooks.keys().authenticate(form.text("key"));
    if (key.isEmpty()) {
      return form(401, new Asked(to, "This is not a valid API key.", unsent));
    }
    sessions.end(cookie(request));
    String token = sessions.begin(key.get().id());
    ConsoleReply reply =
        unsent.isAny()
            ? sessions
                .find(token, null, true)
                .map(session -> unsent.page(BrowserSafety.masked(session.csrf(), random)))
                .orElseGet(() -> ConsoleReply.seeOther(to))
            : ConsoleReply.seeOther(to);
    return reply.with("Set-Cookie", cookie(request, token, ""));
  }

  /**
   * Returns the sign-in form for a browser without a session. If the request submitted a form that
   * provably comes from a page of the console, the sign-in form carries that form.
   */
  public ConsoleReply showForm(ConsoleRequest request) {
    if (request.method().equals("POST") && BrowserSafety.isProvablySameOrigin(request)) {
      UnsentForm unsent = UnsentForm.of(request);
      if (unsent.isAny()) {
        return form(
            200,
            new Asked(
                "/", "Your session has ended. Sign in again; what you typed is kept.", unsent));
      }
    }
    boolean back = request.method().equals("GET") && !request.path().equals("/");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return ConsoleReply.seeOther(
        back ? "/login?to=" + FormValues.encoded(request.path() + query) : "/login");
  }

  /** Ends the session and returns the reply that signs the browser out. */
  public ConsoleReply end(Visit visit) {
    if (!visit.request().method().equals("POST") || !BrowserSafety.isOurs(visit)) {
      return ConsoleReply.seeOther("/");
    }
    sessions.end(cookie(visit.request()));
    return ConsoleReply.seeOther("/login")
        .with("Set-Cookie", cookie(visit.request(), "", "; Max-Age=0"));
  }

  /** Returns the session of a request; empty if its browser is not signed in. */
  public Optional<Session> session(ConsoleRequest request) {
    boolean byHand = isUserAction(request);
    String note = byHand ? request.cookie(name(request) + NOTE) : null;
    return sessions.find(cookie(request), note, byHand);
  }

  /** Automatic refreshes of page fragments do not extend the session. */
  private static boolean isUserAction(ConsoleRequest request) {
    return request.header("hookferry-live") == null;
  }

  /** Returns the site that this browser visited last; null if unknown. */
  public @Nullable SiteId lastSite(ConsoleRequest request) {
    String last = request.cookie(name(request) + SITE);
    try {
      return last == null ? null : new SiteId(last);
    } catch (InvalidException e) {
      return null;
    }
  }

  /**
   * Returns a reply with the cookie that points the next request to the note left by this one, or
   * else with the cookie that remembers the site. Both are separate from the session cookie, which
   * never changes.
   */
  public ConsoleReply withCookies(Visit visit, ConsoleReply reply) {
    ConsoleRequest request = visit.request();
    if (reply.headers().containsKey("Set-Cookie")) {
      return reply;
    }
    Optional<String> left = visit.session().leave();
    if (left.isPresent()) {
      return reply.with("Set-Cookie", cookieOf(NOTE, request, left.get(), ""));
    }
    if (!isUserAction(request)) {
      return reply;
    }
    String site = site(request, reply);
    if (!site.isEmpty() && !site.equals(request.cookie(name(request) + SITE))) {
      return reply.with("Set-Cookie", cookieOf(SITE, request, site, ""));
    }
    return request.cookie(name(request) + NOTE) == null
        ? reply
        : reply.with("Set-Cookie", cookieOf(NOTE, request, "", "; Max-Age=0"));
  }

  /** Returns the site whose page is shown; empty if the page belongs to no site. */
  private static String site(ConsoleRequest request, ConsoleReply reply) {
    Matcher site = OF_SITE.matcher(request.path());
    boolean isPage = reply.status() == 200 && reply.contentType().startsWith("text/html");
    return isPage && request.method().equals("GET") && site.matches() ? site.group(1) : "";
  }

  private @Nullable String cookie(ConsoleRequest request) {
    return request.cookie(name(request));
  }

  private String cookie(ConsoleRequest request, String token, String more) {
    return name(request) + "=" + token + attributes(request) + more;
  }

  private String cookieOf(String kind, ConsoleRequest request, String value, String more) {
    return name(request) + kind + "=" + value + attributes(request) + more;
  }

  private String name(ConsoleRequest request) {
    return isSecure(request) ? SECURE_NAME : NAME;
  }

  private String attributes(ConsoleRequest request) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure(request) ? "; Secure" : "");
  }

  private boolean isSecure(ConsoleRequest request) {
    return behindTls || request.secure();
  }

  /**
   * Content of the sign-in form.
   *
   * @param to path to open after signing in
   * @param wrong why signing in failed, or empty
   * @param unsent form to send after signing in
   */
  public record Asked(String to, String wrong, UnsentForm unsent) {}

  private static ConsoleReply form(int status, Asked asked) {
    return TemplateRenderer.page(
        status, (out, i) -> JteSignInGenerated.render(out, i, Assets.PATH, asked));
  }

  /** Returns the requested path if it is a path of this server, {@code /} otherwise. */
  static String safe(String to) {
    boolean path =
        to.startsWith("/")
            && !to.startsWith("//")
            && to.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\');
    return path ? to : "/";
  }
}
