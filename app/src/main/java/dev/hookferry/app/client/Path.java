package dev.hookferry.app.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path of the API with its query, escaped.
 *
 * @param text the escaped path after the API version, beginning with a slash
 */
public record Path(String text) {
  /** Returns the path of these segments, escaping each. */
  public static Path of(String... segments) {
    return new Path(
        Arrays.stream(segments).map(Path::escaped).collect(Collectors.joining("/", "/", "")));
  }

  /** Returns a path below a site. */
  public static Path ofSite(String site, String... segments) {
    return new Path(of("sites", site).text + of(segments).text);
  }

  /** Returns the path with one more query parameter, or unchanged if the value is null. */
  public Path with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    char separator = text.indexOf('?') < 0 ? '?' : '&';
    return new Path(text + separator + name + "=" + escaped(value.toString()));
  }

  /** Returns the path with one query parameter for each of these values. */
  public Path withAll(String name, List<String> values) {
    Path path = this;
    for (String value : values) {
      path = path.with(name, value);
    }
    return path;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
