package dev.hookferry.replay;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stored form of a replay: one line of visible ASCII, {@code name=value} pairs joined by {@code &}.
 * Unknown names, written by later versions, are ignored.
 */
public final class ReplayText {
  /** Prefix that only the names of search fields have. */
  private static final String FIELD = "field/";

  private ReplayText() {}

  /** Encodes a replay. */
  public static String write(ReplayJob job) {
    Objects.requireNonNull(job, "job");
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("site", job.site().value());
    fields.put("since", job.window().since());
    fields.put("until", job.window().until());
    fields.put("endpoint", job.window().endpoint());
    fields.put("type", job.window().types().isEmpty() ? null : job.window().typeNames());
    fields.put("event", job.window().event() == null ? null : job.window().event().value());
    fields.put("statusCode", job.window().statusCode());
    job.window().fields().forEach((name, value) -> fields.put(FIELD + name, value));
    fields.put("status", job.window().codes());
    fields.put("missing", job.window().missing() ? true : null);
    fields.put("rate", job.rate());
    fields.put("state", job.state().name());
    fields.put("expected", job.progress().expected());
    fields.put("sent", job.progress().sent());
    fields.put("skipped", job.progress().skipped());
    fields.put("cursor", job.progress().cursor());
    fields.put("note", job.progress().note());
    fields.put("startedAt", job.startedAt());
    fields.put("endedAt", job.endedAt());
    fields.put("worker", job.worker());
    fields.put("heldUntil", job.heldUntil());
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            text.append(text.length() == 0 ? "" : "&").append(name).append('=');
            text.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
          }
        });
    return text.toString();
  }

  /**
   * Decodes a replay.
   *
   * @throws RuntimeException if the text was not written by this class
   */
  public static ReplayJob read(ReplayId id, String text) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
    Map<String, String> fields = fields(text);
    ReplayWindow window =
        ReplayWindow.since(Instant.parse(need(fields, "since")))
            .until(Instant.parse(need(fields, "until")))
            .endpoint(optional(fields, "endpoint", EndpointId::parse))
            .types(types(fields.get("type")))
            .event(optional(fields, "event", EventId::new))
            .statusCode(optional(fields, "statusCode", Integer::valueOf))
            .fields(searchFields(fields))
            .statuses(statuses(fields.get("status")))
            .missing(Boolean.parseBoolean(fields.get("missing")));
    ReplayProgress progress =
        new ReplayProgress(
            Long.parseLong(need(fields, "expected")),
            Long.parseLong(need(fields, "sent")),
            Long.parseLong(need(fields, "skipped")),
            fields.get("cursor"),
            need(fields, "note"));
    return new ReplayJob(
        id,
        new SiteId(need(fields, "site")),
        window,
        Integer.parseInt(need(fields, "rate")),
        ReplayState.valueOf(need(fields, "state")),
        progress,
        Instant.parse(need(fields, "startedAt")),
        optional(fields, "endedAt", Instant::parse),
        need(fields, "worker"),
        Instant.parse(need(fields, "heldUntil")));
  }

  private static Set<EventType> types(@Nullable String names) {
    return names == null
        ? Set.of()
        : Stream.of(names.split(",", -1)).map(EventType::new).collect(Collectors.toSet());
  }

  private static Map<String, String> searchFields(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(pair -> pair.getKey().startsWith(FIELD))
        .collect(
            Collectors.toMap(pair -> pair.getKey().substring(FIELD.length()), Map.Entry::getValue));
  }

  /** Parses the states. Replays stored without any, by earlier versions, cover all final states. */
  private static Set<DeliveryState> statuses(@Nullable String words) {
    return words == null
        ? ReplayWindow.ENDED
        : Stream.of(words.split(",", -1))
            .map(word -> DeliveryState.fromCode(word).orElseThrow())
            .collect(Collectors.toSet());
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static String need(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a replay without " + name);
    }
    return value;
  }

  private static <T> @Nullable T optional(
      Map<String, String> fields, String name, Function<String, T> parse) {
    String value = fields.get(name);
    return value == null ? null : parse.apply(value);
  }
}
