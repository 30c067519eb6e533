package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON with its fields in a fixed order. */
public final class JsonOutput {
  /** Writes one JSON value. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Writes an object of type {@code T} as one JSON value. */
  @FunctionalInterface
  public interface Form<T> {
    void write(JsonGenerator json, T thing) throws IOException;
  }

  private static final ObjectWriter VALUES =
      JsonMapper.builder().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build().writer();

  private JsonOutput() {}

  /**
   * Returns the bytes of a value. Encodes via characters, so that an unpaired surrogate becomes a
   * question mark; a generator of bytes would throw.
   */
  public static byte[] bytes(Writing writing) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JsonSyntax.FACTORY.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write JSON to memory", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns a JSON object with these members: strings, numbers, Booleans, and lists or maps of
   * them.
   */
  public static Writing values(Map<String, ?> values) {
    return json -> VALUES.writeValue(json, values);
  }

  /** Writes a value of one of the types that {@link #values} accepts. */
  static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    VALUES.writeValue(json, value);
  }

  /** Returns a document that consists of one object. */
  public static <T> Writing one(Form<T> form, T thing) {
    return json -> form.write(json, thing);
  }

  /** Returns an array of objects. */
  public static <T> Writing list(Form<T> form, Iterable<T> items) {
    return json -> {
      json.writeStartArray();
      for (T thing : items) {
        form.write(json, thing);
      }
      json.writeEndArray();
    };
  }

  /** Returns a value that is already JSON text and is written unchanged. */
  public static Writing raw(String text) {
    return json -> json.writeRawValue(text);
  }

  /** Writes a field whose value is an array. */
  public static <T> void array(JsonGenerator json, String name, Form<T> form, Iterable<T> items)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T thing : items) {
      form.write(json, thing);
    }
    json.writeEndArray();
  }
}
