package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.query.Page;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON, field by field in the order in which people read it. */
public final class JsonOutput {
  /** Writes one value. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Writes a thing as one value. */
  @FunctionalInterface
  public interface Form<T> {
    void write(JsonGenerator json, T thing) throws IOException;
  }

  private static final ObjectWriter VALUES =
      JsonMapper.builder().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build().writer();

  private JsonOutput() {}

  /**
   * The bytes of a value. By way of characters: half of a surrogate pair in some text becomes a
   * question mark, where a generator of bytes would throw.
   */
  static byte[] bytes(Writing writing) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JsonSyntax.FACTORY.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Values by name: texts, numbers, Booleans, and lists or maps of them. */
  public static Writing values(Map<String, ?> values) {
    return json -> VALUES.writeValue(json, values);
  }

  /** A value of such a kind. */
  static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    VALUES.writeValue(json, value);
  }

  /** One thing as the whole value. */
  public static <T> Writing one(Form<T> form, T thing) {
    return json -> form.write(json, thing);
  }

  /** A part of a list: {@code {"data":[…],"next":…}}. */
  public static <T> Writing page(Form<T> form, Page<T> page) {
    return json -> {
      json.writeStartObject();
      array(json, "data", form, page.data());
      json.writeStringField("next", page.next());
      json.writeEndObject();
    };
  }

  /** A field that is a list. */
  public static <T> void array(JsonGenerator json, String name, Form<T> form, Iterable<T> things)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T thing : things) {
      form.write(json, thing);
    }
    json.writeEndArray();
  }

  /** A field that is a list of texts. */
  public static void texts(JsonGenerator json, String name, Iterable<String> texts)
      throws IOException {
    array(json, name, JsonGenerator::writeString, texts);
  }

  /** A field that is an id, or another thing whose text says it all. */
  public static void text(JsonGenerator json, String name, @Nullable Object thing)
      throws IOException {
    json.writeStringField(name, thing == null ? null : thing.toString());
  }

  /** A field that is a time, RFC 3339 in UTC. */
  public static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    text(json, name, time);
  }
}
