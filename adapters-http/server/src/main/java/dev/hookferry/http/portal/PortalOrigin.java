package dev.hookferry.http.portal;

import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.Call;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of links to the portal. Thread-safe. */
public final class PortalOrigin {
  private final @Nullable URI configured;
  private final boolean behindProxy;
  private volatile int port;

  /** Creates the origin that the options configure. */
  public PortalOrigin(HttpServerOptions options) {
    configured = options.portalUrl();
    behindProxy = options.behindProxy();
  }

  /** Sets the port that the portal's own listener is bound to. */
  public void boundTo(int port) {
    this.port = port;
  }

  /** Returns the origin for a link that a call creates. */
  public String of(Call call) {
    return configured == null ? onPort(call.origin(behindProxy), port) : configured.toString();
  }

  /**
   * Returns an origin on the port of the portal.
   *
   * @param seen the origin of the API or the console
   * @param port the port of the portal's own listener; 0 if it has none
   */
  public static String onPort(String seen, int port) {
    // The colon after the scheme is followed by a slash, the one before a port by digits only.
    return port == 0 ? seen : seen.replaceFirst(":[0-9]+$", "") + ":" + port;
  }
}
