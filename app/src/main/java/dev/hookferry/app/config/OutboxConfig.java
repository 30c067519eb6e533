package dev.hookferry.app.config;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configured outbox. Its text form is a JDBC URL or percent-encoded fields that end with the
 * unencoded URL: {@code name=shop;poll=200ms;url=jdbc:…}.
 *
 * @param name the outbox's name
 * @param url a JDBC URL, which may contain credentials
 * @param user the database user, or null if given in the URL
 * @param password the user's password, or null if given in the URL or not needed
 * @param table the name of the outbox table
 * @param poll the maximum pause between two polls
 * @param listen whether to listen for PostgreSQL notifications
 */
public record OutboxConfig(
    String name,
    String url,
    @Nullable String user,
    @Nullable SecretText password,
    String table,
    Duration poll,
    boolean listen) {
  /** The values of {@code outboxes}. */
  public static final ValueKind<List<OutboxConfig>> FORM =
      new ValueKind<>(
          "JDBC_URL",
          "JDBC URLs, or in the file objects with name, url, user, password, table, poll and listen",
          ValueKind.Kind.URLS,
          OutboxConfig::parse);

  private static final String URL = "url=";
  private static final List<String> FIELDS =
      List.of("name", "url", "user", "password", "table", "poll", "listen");

  /** Returns the text form of an outbox given as an object in the configuration file. */
  public static String text(Map<String, String> fields) {
    String others =
        fields.entrySet().stream()
            .filter(field -> !field.getKey().equals("url"))
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()) + ";")
            .collect(Collectors.joining());
    String url = fields.get("url");
    return url == null ? others : others + URL + url;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<OutboxConfig> parse(List<String> texts) {
    List<OutboxConfig> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : texts) {
      String defaultName = all.isEmpty() ? "outbox" : "outbox-" + (all.size() + 1);
      OutboxConfig outbox = parse(text, defaultName);
      if (!names.add(outbox.name)) {
        throw InvalidException.of(
            "", "must have unique names; there are two outboxes named " + outbox.name);
      }
      all.add(outbox);
    }
    return List.copyOf(all);
  }

  private static OutboxConfig parse(String text, String usualName) {
    Map<String, String> fields = fields(text);
    String name = fields.getOrDefault("name", usualName);
    for (String field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw InvalidException.of(
            "", "has the unknown field " + field + Nearest.hint(field, FIELDS));
      }
    }
    String password = fields.get("password");
    OutboxConfig outbox =
        new OutboxConfig(
            name,
            fields.getOrDefault("url", ""),
            fields.get("user"),
            password == null ? null : new SecretText(password),
            fields.getOrDefault("table", OutboxOptions.TABLE),
            poll(name, fields.get("poll")),
            listen(name, fields.get("listen")));
    try {
      var unused = outbox.options(Duration.ZERO);
    } catch (InvalidException e) {
      String field = e.problems().get(0).field();
      throw InvalidException.of("", name + ": " + field + " " + e.problems().get(0).reason());
    }
    return outbox;
  }

  private static Duration poll(String name, @Nullable String text) {
    try {
      return text == null ? OutboxOptions.POLL : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("", name + ": poll must be a duration such as 200ms, not " + text);
    }
  }

  private static boolean listen(String name, @Nullable String text) {
    if (text == null || text.equals("true") || text.equals("false")) {
      return "true".equals(text);
    }
    throw InvalidException.of("", name + ": listen must be true or false, not " + text);
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (text.startsWith("jdbc:")) {
      fields.put("url", text);
      return fields;
    }
    String rest = text;
    while (!rest.isEmpty()) {
      if (rest.startsWith(URL)) {
        fields.put("url", rest.substring(URL.length()));
        return fields;
      }
      int end = rest.indexOf(';') < 0 ? rest.length() : rest.indexOf(';');
      String field = rest.substring(0, end);
      int sign = field.indexOf('=');
      ValueKind.require(sign > 0);
      fields.put(decoded(field.substring(0, sign)), decoded(field.substring(sign + 1)));
      rest = rest.substring(Math.min(rest.length(), end + 1));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns the options of the relay.
   *
   * @param drain how long a stop waits for the current batch
   * @throws InvalidException if a value is invalid; names the field
   */
  public OutboxOptions options(Duration drain) {
    return OutboxOptions.of(url, user, password == null ? null : password.text())
        .withName(name)
        .withTable(table)
        .withPoll(poll)
        .withDrain(drain)
        .withListen(listen);
  }

  @Override
  public String toString() {
    return name + ": " + SecretText.masked(url);
  }
}
