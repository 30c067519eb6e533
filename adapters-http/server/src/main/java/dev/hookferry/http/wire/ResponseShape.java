package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.query.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a response, each described once, together with the source of its value. Both the
 * JSON and the schema in the OpenAPI document are generated from it. Immutable.
 *
 * @param name the schema's name
 * @param help one sentence about the schema, or empty
 * @param cells the fields, in the order in which they are written
 * @param <R> the type that the response shows
 */
public record ResponseShape<R>(String name, String help, List<Cell<R>> cells)
    implements JsonOutput.Form<R> {
  public ResponseShape {
    cells = List.copyOf(cells);
  }

  /** The condition under which a field is present. */
  public enum Presence {
    ALWAYS,
    /** Always present; may be null. */
    NULLABLE,
    /** Omitted if there is no value. */
    OPTIONAL
  }

  /**
   * A field with its value: a string, number, Boolean, a list or map of those, or a {@link
   * JsonOutput.Writing}. Any other value, such as an id or a time, is written as its {@code
   * toString}.
   */
  public record Cell<R>(
      FieldSpec<?> field, Presence presence, Function<R, @Nullable Object> value) {}

  public static <R> ResponseShape<R> of(String name) {
    return new ResponseShape<>(name, "", List.of());
  }

  /** Returns a copy with a sentence about the schema. */
  public ResponseShape<R> saying(String sentence) {
    return new ResponseShape<>(name, sentence, cells);
  }

  /** Returns a copy with one more field, always present and never null. */
  public ResponseShape<R> always(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.ALWAYS, value));
  }

  /** Returns a copy with one more field that may be null. */
  public ResponseShape<R> orNull(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.NULLABLE, value));
  }

  /** Returns a copy with one more field that is omitted if it has no value. */
  public ResponseShape<R> ifAny(FieldSpec<?> field, Function<R, @Nullable Object> value) {
    return with(new Cell<>(field, Presence.OPTIONAL, value));
  }

  /** Returns a shape with the same fields for a type that contains the shown one. */
  public <S> ResponseShape<S> as(String larger, Function<S, R> part) {
    return ResponseShape.<S>of(larger).saying(help).with(this, part);
  }

  /** Returns a copy with all fields of another shape, for a type that contains the shown one. */
  public <P> ResponseShape<R> with(ResponseShape<P> other, Function<R, P> part) {
    List<Cell<R>> all = new ArrayList<>(cells);
    for (Cell<P> cell : other.cells()) {
      all.add(
          new Cell<>(
              cell.field(), cell.presence(), whole -> cell.value().apply(part.apply(whole))));
    }
    return new ResponseShape<>(name, help, all);
  }

  /** Returns the shape of a page of these. */
  public ResponseShape<Page<R>> page(String plural) {
    return ResponseShape.<Page<R>>of(plural)
        .always(FieldSpec.of("data", asList(), "The entries."), page -> list(page.data()))
        .orNull(
            FieldSpec.of(
                "next", FieldKind.text(), "Cursor of the next page; null on the last page."),
            Page::next);
  }

  /** Returns the kind of a field that has this shape. */
  public FieldKind<FieldValues> asKind() {
    return FieldKind.group(
        new FieldTable(
            name, help, cells.stream().<FieldSpec<?>>map(Cell::field).toList(), Set.of()),
        values -> values);
  }

  /** Returns the kind of a field that has a list of these. */
  public FieldKind<List<FieldValues>> asList() {
    return FieldKind.list(asKind());
  }

  /** Returns the value of a field that has this shape; null for null. */
  public JsonOutput.@Nullable Writing json(@Nullable R shown) {
    return shown == null ? null : JsonOutput.one(this, shown);
  }

  /** Returns the value of a field that has a list of these. */
  public JsonOutput.Writing list(Iterable<R> shown) {
    return JsonOutput.list(this, shown);
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
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
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
