package dev.hookferry.http.socket;

import dev.hookferry.http.wire.EarlyReply;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Protects a server on loopback against DNS rebinding. A malicious website can point its own domain
 * at {@code 127.0.0.1}, and its scripts could then read every page that needs no key. Such pages
 * are therefore served only under names and addresses of this machine. Calls with a key are safe
 * anyway, since the website has none.
 */
public final class LoopbackHosts {
  private static final int FORBIDDEN = 403;
  private static final Pattern OWN =
      Pattern.compile("((.+\\.)?localhost\\.?|[0-9.]+|\\[[0-9a-f:.]+\\])?(:[0-9]*)?");

  private LoopbackHosts() {}

  /** Returns whether a Host header names this machine. */
  public static boolean isOwn(@Nullable String host) {
    return host == null || OWN.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Returns the 403 for any other Host header. */
  public static EarlyReply refusal() {
    return EarlyReply.problem(
        FORBIDDEN,
        "this server listens on loopback and accepts only localhost or an IP address as Host; if a"
            + " proxy in front of it passes on other names, start the server with --behind-proxy");
  }
}
