package dev.hookferry.http.console.frame;

import dev.hookferry.access.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page or one change of the console.
 *
 * @param method GET for a page, POST for a change
 * @param template the path, with variables in braces; {@code {site}} is a site
 * @param scope the scope that the key needs, or null if any key will do
 * @param action the handler
 */
public record ConsoleRoute(
    String method, String template, @Nullable Scope scope, Function<Visit, ConsoleReply> action) {
  /** Returns a page of a site. */
  public static ConsoleRoute page(String path, Function<Visit, ConsoleReply> action) {
    return new ConsoleRoute("GET", "/sites/{site}" + path, Scope.READ, action);
  }

  /** Returns a change within a site. */
  public static ConsoleRoute change(String path, Function<Visit, ConsoleReply> action) {
    return new ConsoleRoute("POST", "/sites/{site}" + path, Scope.MANAGE, action);
  }

  /** Returns the values of the path variables, if the path matches. */
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
