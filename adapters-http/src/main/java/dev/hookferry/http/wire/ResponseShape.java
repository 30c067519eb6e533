package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a response, each described once with where its value comes from. The JSON is
 * written from it, and so is the schema in the OpenAPI document. Immutable.
 *
 * @param name of the schema
 * @param help a sentence about the schema, or empty
 * @param cells in the order in which they are written
 * @param <R> what is shown
 */
public record ResponseShape<R>(String name, String help, List<Cell<R>> cells)
    implements JsonOutput.Form<R> {
  public ResponseShape {
    cells = List.copyOf(cells);
  }

  /** When a field is there. */
  public enum Presence {
    ALWAYS,
    /** Always, but it may be null. */
    NULLABLE,
    /** Left out if there is no value. */
    OPTIONAL
  }

  /**
   * A field with its value: a text, a number, a Boolean, a list or map of such, or a {@link
   * Json.Writing}. Anything else is written as its text, such as an id or a time.
   */
  public record Cell<R>(
      FieldSpec<?> field, Presence presence, Function<R, @Nullable Object> value) {}

  public static <R> ResponseShape<R> of(String name) {
    return new ResponseShape<>(name, "", List.of());
  }

  /** The same with a sentence about it. */
  public ResponseShape<R> saying(String sentence) {
    return new ResponseShape<>(name, sentence, cells);
  }

  /** The same with one more field. */
  public ResponseShape<R> always(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.ALWAYS, value));
  }

  /** The same with one more field that may be null. */
  public ResponseShape<R> orNull(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.NULLABLE, value));
  }

  /** The same with one more field that is left out if there is no value. */
  public ResponseShape<R> ifAny(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.OPTIONAL, value));
  }

  /** The fields of this shape as those of a larger thing that has the shown one as a part. */
  public <S> ResponseShape<S> as(String larger, Function<S, R> part) {
    List<Cell<S>> all = new ArrayList<>();
    for (Cell<R> cell : cells) {
      all.add(
          new Cell<>(
              cell.field(), cell.presence(), whole -> cell.value().apply(part.apply(whole))));
    }
    return new ResponseShape<>(larger, help, all);
  }

  /** The kind of a field that has this shape. */
  public FieldKind.Group asKind() {
    return new FieldKind.Group(
        new FieldTable(
            name, help, cells.stream().<FieldSpec<?>>map(Cell::field).toList(), Set.of()));
  }

  @Override
  public void write(JsonGenerator json, R shown) throws IOException {
    json.writeStartObject();
    for (Cell<R> cell : cells) {
      Object value = cell.value().apply(shown);
      if (value != null || cell.presence() != Presence.OPTIONAL) {
        json.writeFieldName(cell.field().name());
        value(json, value);
      }
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof JsonOutput.Writing writing) {
      writing.to(json);
    } else if (value == null
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof Iterable<?>
        || value instanceof Map<?, ?>) {
      JsonOutput.value(json, value);
    } else {
      json.writeString(value.toString());
    }
  }

  private ResponseShape<R> with(Cell<R> cell) {
    List<Cell<R>> all = new ArrayList<>(cells);
    all.add(cell);
    return new ResponseShape<>(name, help, all);
  }
}
