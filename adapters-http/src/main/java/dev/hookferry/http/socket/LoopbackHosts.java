package dev.hookferry.http.socket;

import dev.hookferry.http.wire.EarlyReply;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request to a server on loopback was meant for it. A page of elsewhere can have its own
 * name resolve to 127.0.0.1, and then reads whatever a browser on this machine gets there under
 * that name. What needs a key is safe from that, since no such page has one; what needs none is
 * shown under the names of this machine and addresses only.
 */
public final class LoopbackHosts {
  private static final int FORBIDDEN = 403;
  private static final Pattern OWN =
      Pattern.compile("((.+\\.)?localhost\\.?|[0-9.]+|\\[[0-9a-f:.]+\\])?(:[0-9]*)?");

  private LoopbackHosts() {}

  /** Whether this is the Host header of a request to this machine. */
  public static boolean isOwn(@Nullable String host) {
    return host == null || OWN.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** The refusal of what came under another name. */
  public static EarlyReply refusal() {
    return EarlyReply.problem(
        FORBIDDEN,
        "this server listens on loopback and is asked as localhost or by address only; if a proxy"
            + " in front of it passes other names on, start it with --behind-proxy");
  }
}
