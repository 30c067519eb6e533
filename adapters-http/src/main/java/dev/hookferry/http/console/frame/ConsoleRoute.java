package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page, or one change.
 *
 * @param method GET for a page, POST for a change
 * @param template the path, with names in braces for what differs; {@code {site}} is a site
 * @param scope what the key must permit, or null if any key will do
 * @param action what answers it
 */
public record ConsoleRoute(
    String method, String template, @Nullable Scope scope, Function<Visit, ConsoleReply> action) {
  /** A page of a site. */
  public static ConsoleRoute page(String path, Function<Visit, ConsoleReply> action) {
    return new ConsoleRoute("GET", "/sites/{site}" + path, Scope.READ, action);
  }

  /** A change within a site. */
  public static ConsoleRoute change(String path, Function<Visit, ConsoleReply> action) {
    return new ConsoleRoute("POST", "/sites/{site}" + path, Scope.MANAGE, action);
  }

  /** What the names in the template stand for, if the path fits. */
  public Optional<Map<String, String>> match(String path) {
    List<String> wanted = List.of(template.split("/", -1));
    List<String> given = List.of(path.split("/", -1));
    if (wanted.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String part = wanted.get(i);
      if (part.startsWith("{")) {
        named.put(part.substring(1, part.length() - 1), given.get(i));
      } else if (!part.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }
}
