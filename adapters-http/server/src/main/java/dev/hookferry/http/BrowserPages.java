package dev.hookferry.http;

import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.frame.BrowserSafety;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.wire.CallerText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The browser pages that one listener serves.
 *
 * @param console the console, or null if the listener does not serve it
 * @param portal the customers' portal, or null if the listener does not serve it
 */
record BrowserPages(@Nullable Console console, @Nullable PortalPages portal) {
  /** U+0000 in a query. Browsers never send it, and not every store can search for it. */
  private static final String NUL = "%00";

  boolean serves(String path, @Nullable String accept) {
    return PortalPages.serves(path)
        ? portal != null
        : console != null && Console.serves(path, accept);
  }

  /** Handles a request for a path that {@link #serves} accepts. */
  ConsoleReply reply(ConsoleRequest request) {
    if (request.query().contains(NUL)) {
      byte[] text = ("a query parameter " + CallerText.KEPT).getBytes(StandardCharsets.UTF_8);
      return BrowserSafety.secured(ConsoleReply.of(400, "text/plain; charset=utf-8", text));
    }
    if (portal != null && (console == null || PortalPages.serves(request.path()))) {
      return portal.reply(request);
    }
    return Objects.requireNonNull(console, "console").reply(request);
  }
}
