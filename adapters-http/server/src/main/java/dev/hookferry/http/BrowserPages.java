package dev.hookferry.http;

import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.PortalPages;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pages for browsers that one listener serves.
 *
 * @param console the console, or null for none
 * @param portal the customers' portal, or null for none
 */
record BrowserPages(@Nullable Console console, @Nullable PortalPages portal) {
  boolean serves(String path, @Nullable String accept) {
    return PortalPages.serves(path)
        ? portal != null
        : console != null && Console.serves(path, accept);
  }

  /** Handles a request for a path that {@link #serves} names. */
  ConsoleReply reply(ConsoleRequest request) {
    if (portal != null && (console == null || PortalPages.serves(request.path()))) {
      return portal.reply(request);
    }
    return Objects.requireNonNull(console, "console").reply(request);
  }
}
