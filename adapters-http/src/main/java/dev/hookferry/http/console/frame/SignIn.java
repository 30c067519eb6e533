package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.http.console.text.FormValues;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs browsers in with an API key, and out again. Thread-safe. */
public final class SignIn {
  private static final String NAME = "hookferry";

  /** Browsers give a cookie of this name back over TLS only, to this host only. */
  private static final String SECURE_NAME = "__Host-hookferry";

  private final Webhooks webhooks;
  private final Sessions sessions;
  private final boolean behindTls;

  public SignIn(Webhooks webhooks, Sessions sessions, boolean behindTls) {
    this.webhooks = webhooks;
    this.sessions = sessions;
    this.behindTls = behindTls;
  }

  /** The form, and what was sent with it. */
  public ConsoleReply answer(ConsoleRequest request) {
    if (!request.method().equals("POST")) {
      return form(200, safe(FormValues.parse(request.query()).text("to")), "");
    }
    FormValues form = FormValues.parse(request.body());
    String to = safe(form.text("to"));
    if (!BrowserSafety.isSameOrigin(request)) {
      return form(403, to, "The form did not come from this console. Try it again.");
    }
    if (request.blocked()) {
      return form(429, to, "Too many keys were wrong. Wait a minute, then try again.")
          .with("Retry-After", "60");
    }
    Optional<ApiKey> key = webhooks.keys().authenticate(form.text("key"));
    if (key.isEmpty()) {
      return form(401, to, "This is no valid API key.");
    }
    sessions.end(cookie(request));
    return ConsoleReply.seeOther(to)
        .with("Set-Cookie", cookie(request, sessions.begin(key.get().id()), ""));
  }

  /** Sends a browser that is not signed in to the form. */
  public ConsoleReply ask(ConsoleRequest request) {
    boolean back = request.method().equals("GET") && !request.path().equals("/");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return ConsoleReply.seeOther(
        back ? "/login?to=" + FormValues.encoded(request.path() + query) : "/login");
  }

  /** Signs out. */
  public ConsoleReply end(Visit visit) {
    if (!visit.request().method().equals("POST") || !BrowserSafety.isOurs(visit)) {
      return ConsoleReply.seeOther("/");
    }
    sessions.end(cookie(visit.request()));
    return ConsoleReply.seeOther("/login")
        .with("Set-Cookie", cookie(visit.request(), "", "; Max-Age=0"));
  }

  /** What the session's cookie holds, or null if there is none. */
  @Nullable
  public String cookie(ConsoleRequest request) {
    return request.cookie(isSecure(request) ? SECURE_NAME : NAME);
  }

  private String cookie(ConsoleRequest request, String token, String more) {
    return isSecure(request)
        ? SECURE_NAME + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Secure" + more
        : NAME + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" + more;
  }

  private boolean isSecure(ConsoleRequest request) {
    return behindTls || request.secure();
  }

  private static ConsoleReply form(int status, String to, String wrong) {
    return TemplateRenderer.page(
        status, (out, i) -> JteSignInGenerated.render(out, i, Assets.PATH, to, wrong));
  }

  /** A path of this server, whatever was asked for. */
  private static String safe(String to) {
    boolean path =
        to.startsWith("/")
            && !to.startsWith("//")
            && to.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\');
    return path ? to : "/";
  }
}
