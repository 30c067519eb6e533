package dev.hookferry.http;

import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.PortalPages;
import org.jspecify.annotations.Nullable;

/** The pages for browsers: the console, if there is one, and the customers' portal. */
record BrowserPages(@Nullable Console console, PortalPages portal) {
  boolean serves(String path, @Nullable String accept) {
    return PortalPages.serves(path)
        || PortalPages.isAsset(path)
        || (console != null && Console.serves(path, accept));
  }

  ConsoleReply answer(ConsoleRequest request) {
    return console == null || PortalPages.serves(request.path())
        ? portal.answer(request)
        : console.answer(request);
  }
}
