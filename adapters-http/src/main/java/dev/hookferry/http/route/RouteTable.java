package dev.hookferry.http.route;

import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Paths are compared as they came: nothing in them needs to be
 * encoded, so {@code %2f}, {@code ..} and {@code ;x=y} are just names that nothing has.
 */
public final class RouteTable {
  private final Node root = new Node();

  public RouteTable(List<ApiRoute> routes) {
    routes.forEach(this::add);
  }

  /**
   * A route with what its path's names stand for.
   *
   * @param path by name
   */
  public record Found(ApiRoute route, Map<String, String> path) {
    /** The site in the path. */
    SiteId site() {
      return named("site", "site", SiteId::new);
    }

    /** What a name in the path stands for. What cannot be an id is answered like an unknown one. */
    <T> T named(String name, String kind, Function<String, T> parse) {
      String text = String.valueOf(path.get(name));
      try {
        return parse.apply(text);
      } catch (InvalidException e) {
        throw new NotFoundException(kind, CallerText.text(text));
      }
    }
  }

  /**
   * The route of a request.
   *
   * @throws EarlyReply if there is none, with what there is instead
   */
  public Found find(String method, String path) {
    Map<String, String> named = new HashMap<>(4);
    Node node = walk(path, named);
    if (node == null || node.byMethod.isEmpty()) {
      throw EarlyReply.problem(404, "there is nothing at this path; /openapi.json names all calls");
    }
    ApiRoute route = node.byMethod.get(method.equals("HEAD") ? "GET" : method);
    if (route != null) {
      return new Found(route, named);
    }
    String allowed = node.allowed();
    throw method.equals("OPTIONS")
        ? new EarlyReply(HttpReply.nothing().with("Allow", allowed))
        : new EarlyReply(
            ProblemJson.reply(405, "this path has the methods " + allowed + " only", List.of())
                .with("Allow", allowed));
  }

  private @Nullable Node walk(String path, Map<String, String> named) {
    Node node = root;
    int from = 1;
    while (from <= path.length()) {
      int end = path.indexOf('/', from);
      String segment = path.substring(from, end < 0 ? path.length() : end);
      from = (end < 0 ? path.length() : end) + 1;
      Node next = node.byName.get(segment);
      if (next == null) {
        next = node.any;
        if (next == null || segment.isEmpty()) {
          return null;
        }
        named.put(next.name, segment);
      }
      node = next;
    }
    return node;
  }

  private void add(ApiRoute route) {
    Node node = root;
    for (String segment : route.template().substring(1).split("/", -1)) {
      node = segment.startsWith("{") ? node.any(segment) : node.named(segment);
    }
    if (node.byMethod.put(route.method(), route) != null) {
      throw new IllegalStateException("two routes for " + route.method() + " " + route.template());
    }
  }

  private static final class Node {
    private final Map<String, Node> byName = new HashMap<>();
    private final Map<String, ApiRoute> byMethod = new LinkedHashMap<>();
    private @Nullable Node any;
    private String name = "";

    Node named(String segment) {
      return byName.computeIfAbsent(segment, s -> new Node());
    }

    Node any(String segment) {
      Node child = any;
      if (child == null) {
        child = new Node();
        child.name = segment.substring(1, segment.length() - 1);
        any = child;
      }
      return child;
    }

    String allowed() {
      TreeSet<String> all = new TreeSet<>(byMethod.keySet());
      if (all.contains("GET")) {
        all.add("HEAD");
      }
      all.add("OPTIONS");
      return String.join(", ", all);
    }
  }
}
