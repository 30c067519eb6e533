package dev.hookferry.http.route;

import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Paths are matched undecoded: no valid path needs encoding, so
 * {@code %2f}, {@code ..} and {@code ;x=y} are ordinary names that match nothing.
 */
public final class RouteTable {
  /** Size of the cache of recent matches, a power of two. */
  private static final int MAX_REMEMBERED = 256;

  /** Maximum length of a cached path, so that requests cannot fill the memory. */
  private static final int MAX_PATH = 200;

  private final PathNode root = new PathNode();

  /**
   * Cache of recent matches, indexed by the hash of the path: most requests repeat earlier ones.
   */
  private final AtomicReferenceArray<@Nullable Remembered> remembered =
      new AtomicReferenceArray<>(MAX_REMEMBERED);

  public RouteTable(List<ApiRoute> routes) {
    routes.forEach(this::add);
  }

  /**
   * A route with the values of its path variables.
   *
   * @param path the values by variable name
   * @param valid the site in the path; null if the path has none, or a malformed one
   */
  public record RouteMatch(ApiRoute route, Map<String, String> path, @Nullable SiteId valid) {
    static RouteMatch of(ApiRoute route, Map<String, String> path) {
      String site = path.get("site");
      return new RouteMatch(route, path, site == null ? null : SiteId.find(site).orElse(null));
    }

    /** Returns the site in the path. */
    SiteId site() {
      return valid == null ? named("site", "site", SiteId::new) : valid;
    }

    /** Returns the site's name in the path: an id, or for an app-scoped route an id or uid. */
    String siteName() {
      return route.isAppScoped() ? String.valueOf(path.get("app")) : site().value();
    }

    /** Returns a path variable. A malformed id gets the same 404 as an unknown one. */
    <T> T named(String name, String kind, Function<String, T> parse) {
      String text = String.valueOf(path.get(name));
      try {
        return parse.apply(text);
      } catch (InvalidException e) {
        throw new NotFoundException(kind, CallerText.text(decoded(text)));
      }
    }
  }

  /** The match of an earlier request. */
  private record Remembered(String method, String path, RouteMatch match) {}

  /** Returns the decoded text, for a message; the text itself if its encoding is malformed. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * Returns the route of a request. If a path fits several templates, literal segments win over
   * variables: {@code POST …/events/batch} is a separate call, while {@code GET …/events/batch}
   * reads the event whose id is {@code batch}.
   *
   * @throws EarlyReply with 404 if there is no such path, or with 405 and the allowed methods
   */
  public RouteMatch find(String method, String path) {
    int place = path.hashCode() & MAX_REMEMBERED - 1;
    Remembered earlier = remembered.get(place);
    if (earlier != null && earlier.path.equals(path) && earlier.method.equals(method)) {
      return earlier.match;
    }
    RouteMatch match = search(method, path);
    if (path.length() <= MAX_PATH) {
      remembered.set(place, new Remembered(method, path, match));
    }
    return match;
  }

  private RouteMatch search(String method, String path) {
    Search search = new Search(method.equals("HEAD") ? "GET" : method, path);
    ApiRoute route = search.below(root, 1);
    if (route != null) {
      return RouteMatch.of(route, Map.copyOf(variables(route.template(), path)));
    }
    if (search.others.isEmpty()) {
      throw EarlyReply.problem(404, "no such path; /openapi.json lists all calls");
    }
    String allowed = allowed(search.others);
    throw method.equals("OPTIONS")
        ? new EarlyReply(HttpReply.nothing().with("Allow", allowed))
        : new EarlyReply(
            ProblemJson.reply(405, "this path allows only " + allowed + "", List.of())
                .with("Allow", allowed));
  }

  /**
   * Returns the path variables, named by this template: others may name the same segment
   * differently.
   */
  private static Map<String, String> variables(String template, String path) {
    Map<String, String> named = new HashMap<>(4);
    int from = 0;
    int at = 0;
    while (from < template.length()) {
      int end = end(template, from + 1);
      int upTo = end(path, at + 1);
      if (template.startsWith("{", from + 1)) {
        named.put(template.substring(from + 2, end - 1), path.substring(at + 1, upTo));
      }
      from = end;
      at = upTo;
    }
    return named;
  }

  private static int end(String text, int from) {
    int slash = text.indexOf('/', from);
    return slash < 0 ? text.length() : slash;
  }

  private static String allowed(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    all.add("OPTIONS");
    return String.join(", ", all);
  }

  private void add(ApiRoute route) {
    PathNode node = root;
    for (String segment : route.template().substring(1).split("/", -1)) {
      node = segment.startsWith("{") ? node.any() : node.named(segment);
    }
    if (node.byMethod.put(route.method(), route) != null) {
      throw new IllegalStateException("two routes for " + route.method() + " " + route.template());
    }
  }

  private static final class PathNode {
    private final Map<String, PathNode> byName = new HashMap<>();
    private final Map<String, ApiRoute> byMethod = new LinkedHashMap<>();
    private @Nullable PathNode any;

    PathNode named(String segment) {
      return byName.computeIfAbsent(segment, s -> new PathNode());
    }

    PathNode any() {
      PathNode child = any;
      if (child == null) {
        child = new PathNode();
        any = child;
      }
      return child;
    }
  }

  /** A single search through the tree. */
  private static final class Search {
    private final String method;
    private final String path;

    /** Methods of matching nodes that lack the requested one. */
    private final Set<String> others = new HashSet<>(0);

    Search(String method, String path) {
      this.method = method;
      this.path = path;
    }

    /** Returns the route below a node for the rest of the path, or null. */
    @Nullable ApiRoute below(PathNode node, int from) {
      if (from > path.length()) {
        ApiRoute route = node.byMethod.get(method);
        if (route == null) {
          others.addAll(node.byMethod.keySet());
        }
        return route;
      }
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(from, end);
      PathNode word = node.byName.get(segment);
      ApiRoute route = word == null ? null : below(word, end + 1);
      PathNode any = node.any;
      if (route == null && any != null && !segment.isEmpty()) {
        route = below(any, end + 1);
      }
      return route;
    }
  }
}
