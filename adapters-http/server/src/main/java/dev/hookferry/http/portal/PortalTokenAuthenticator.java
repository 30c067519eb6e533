package dev.hookferry.http.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.route.ConfigRefresh;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.portal.NotPermittedException;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalSession;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Authenticates the portal's calls by the bearer tokens of sessions. Thread-safe; blocks. */
final class PortalTokenAuthenticator {
  private static final String BEARER = "Bearer ";

  private final Webhooks webhooks;
  private final Portal portal;

  PortalTokenAuthenticator(Webhooks webhooks, Portal portal) {
    this.webhooks = webhooks;
    this.portal = portal;
  }

  /**
   * Returns the access of a request's session. Throws an {@link EarlyReply} with 401 if there is no
   * session, or with 404 if the portal is off.
   */
  PortalAccess access(Call call) {
    ConfigRefresh.await(webhooks);
    String token = token(call.header("Authorization"));
    PortalSession session = portal.session(token).orElseThrow(() -> refused(token));
    return portal.access(session, call.actor().address());
  }

  private EarlyReply refused(String token) {
    return portal.isOff(token)
        ? off()
        : new EarlyReply(
            EarlyReply.problem(401, "this session has ended, or there was none")
                .reply()
                .with("WWW-Authenticate", "Bearer realm=\"hookferry-portal\""));
  }

  /** Returns the 404 for every call while the portal is off, the same as for its pages. */
  static EarlyReply off() {
    return EarlyReply.problem(404, "the portal is off (portal.enabled)");
  }

  private static String token(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  /** Runs an action. Throws an {@link EarlyReply} with 403 if the session does not permit it. */
  static <T> T permitted(PortalAccess access, Function<PortalAccess, T> action) {
    try {
      return action.apply(access);
    } catch (NotPermittedException e) {
      throw EarlyReply.problem(403, String.valueOf(e.getMessage()));
    }
  }
}
