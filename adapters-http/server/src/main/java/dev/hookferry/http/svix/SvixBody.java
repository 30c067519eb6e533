package dev.hookferry.http.svix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.http.svix.SvixErrors.Fault;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.JsonSyntax;
import dev.hookferry.http.wire.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request body, parsed as Svix does: unknown fields are ignored, and the last of repeated ones
 * wins. Problems are collected while fields are read, and thrown together by {@link #check}. Not
 * thread-safe.
 */
final class SvixBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonSyntax.FACTORY.copy())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,256}");

  private final ObjectNode object;
  private final List<Fault> faults = new ArrayList<>();

  private SvixBody(ObjectNode object) {
    this.object = object;
  }

  /** Parses a body; an empty one counts as an empty object. */
  static SvixBody of(byte[] body) {
    if (body.length == 0) {
      return new SvixBody(MAPPER.createObjectNode());
    }
    try {
      JsonSyntax.requireUtf8(body);
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return new SvixBody(object);
      }
    } catch (JsonProcessingException e) {
      throw unreadable("is not valid JSON" + JsonSyntax.place(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the body in memory", e);
    }
    throw unreadable("must be a JSON object");
  }

  private static EarlyReply unreadable(String message) {
    return SvixErrors.invalid(List.of(new Fault("body", "", message, "value_error.jsondecode")));
  }

  /** Returns whether a field is given, even as null. */
  boolean has(String name) {
    return object.has(name);
  }

  /** Returns whether a field is given and not null. */
  boolean isSet(String name) {
    return object.hasNonNull(name);
  }

  /** Adds a problem with a field. */
  void fault(String field, String message) {
    faults.add(Fault.of("body", field, message));
  }

  /** Adds a problem with a field unless a condition holds. */
  void require(boolean condition, String field, String message) {
    if (!condition) {
      fault(field, message);
    }
  }

  /** Throws if there are any problems so far. */
  void check() {
    if (!faults.isEmpty()) {
      throw SvixErrors.invalid(faults);
    }
  }

  /** Returns a string, or null if it is absent or null. */
  @Nullable String text(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    require(value.isTextual(), name, "must be a string");
    require(CallerText.canBeKept(value.asText()), name, CallerText.KEPT);
    return value.asText();
  }

  /** Returns a string that must be present and not empty. */
  String required(String name) {
    String text = text(name);
    require(text != null, name, "is missing");
    require(text == null || !text.isEmpty(), name, "must have at least 1 character");
    return text == null ? "" : text;
  }

  /** Returns a string that must not be null; the fallback if it is absent. */
  String text(String name, String fallback) {
    require(!has(name) || isSet(name), name, "must be a string");
    String text = text(name);
    return text == null ? fallback : text;
  }

  /**
   * Returns a name that the caller chose; null if it is absent or null.
   *
   * @param prefix prefix of ids of the same kind, which names must not have; empty for none
   */
  @Nullable String name(String field, String prefix) {
    String text = text(field);
    if (text != null) {
      require(
          NAME.matcher(text).matches(), field, "must be 1 to 256 characters of A-Z a-z 0-9 . _ -");
      require(prefix.isEmpty() || !text.startsWith(prefix), field, "must not begin with " + prefix);
    }
    return text;
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = value(name);
    require(value == null || value.isBoolean(), name, "must be true or false");
    return value == null ? null : value.booleanValue();
  }

  @Nullable Integer number(String name, int min, int max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean fits =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && min <= value.intValue()
            && value.intValue() <= max;
    require(fits, name, "must be a whole number from " + min + " to " + max);
    return fits ? value.intValue() : null;
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    Instant time = text == null ? null : Times.parse(text).orElse(null);
    require(text == null || time != null, name, Times.FORM);
    return time;
  }

  /**
   * Returns the distinct strings of an array that must not be empty; null if it is absent or null.
   */
  @Nullable List<String> texts(String name, int max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean fits = value.isArray() && !value.isEmpty() && value.size() <= max;
    require(fits, name, "must be an array of 1 to " + max + " strings");
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      boolean isName = item.isTextual() && NAME.matcher(item.asText()).matches();
      require(isName, name, "must have strings of 1 to 256 characters of A-Z a-z 0-9 . _ -");
      texts.add(item.asText());
    }
    return texts.stream().distinct().toList();
  }

  /** Returns the elements of an array as strings; empty if it is absent or null. */
  List<String> list(String name) {
    JsonNode value = value(name);
    List<String> texts = new ArrayList<>();
    if (value != null) {
      require(value.isArray(), name, "must be an array of strings");
      value.forEach(item -> texts.add(item.asText()));
    }
    return texts;
  }

  /** Returns an object of strings, each of which may be null; null if it is absent or null. */
  @Nullable Map<String, @Nullable String> map(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    require(value.isObject(), name, "must be an object of strings");
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode text = entry.getValue();
      require(text.isTextual() || text.isNull(), name, "must be an object of strings");
      map.put(entry.getKey(), text.isNull() ? null : text.asText());
    }
    return map;
  }

  /** Returns an object of strings, none of them null; null if it is absent or null. */
  @Nullable Map<String, String> texts(String name) {
    Map<String, @Nullable String> given = map(name);
    if (given == null) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    given.forEach(
        (key, text) -> {
          require(text != null, name, "must be an object of strings");
          texts.put(key, text == null ? "" : text);
        });
    return texts;
  }

  /** Returns the values of an object as JSON text, by name; null if it is absent or null. */
  @Nullable Map<String, String> json(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    require(value.isObject(), name, "must be an object");
    require(CallerText.canBeKept(value.toString()), name, "must be Unicode text");
    Map<String, String> texts = new LinkedHashMap<>();
    value.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().toString()));
    return texts;
  }

  /**
   * Returns the payload that is given as a string to send unchanged, as the SDK for Java always
   * does; null if there is none. Content types other than JSON are refused, because events are
   * JSON.
   */
  @Nullable String rawPayload() {
    String field = "transformationsParams";
    JsonNode parameters = object.path(field);
    JsonNode raw = parameters.path("rawPayload");
    JsonNode type = parameters.path("headers").path("content-type");
    require(raw.isMissingNode() || raw.isTextual(), field + ".rawPayload", "must be a string");
    require(
        type.isMissingNode() || type.asText().startsWith("application/json"),
        field + ".headers.content-type",
        "must be application/json");
    return raw.isTextual() ? raw.asText() : null;
  }

  /**
   * Returns which of two names of a field the request uses; null if neither. Using both is a
   * problem.
   */
  @Nullable String either(String name, String other) {
    require(!isSet(name) || !isSet(other), name, "must not be given together with " + other);
    List<String> used = Arrays.asList(name, other).stream().filter(this::isSet).toList();
    return used.isEmpty() ? (has(name) ? name : has(other) ? other : null) : used.get(0);
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
