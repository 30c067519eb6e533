package dev.hookferry.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a resource or request, in display order.
 *
 * @param name of the resource, in PascalCase
 * @param help a sentence about it, or empty
 * @param fields all fields
 * @param required the names of the mandatory fields
 */
public record FieldTable(
    String name, String help, List<FieldSpec<?>> fields, Set<String> required) {
  public FieldTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(help, "help");
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(required, "required");
    fields = List.copyOf(fields);
    required = Set.copyOf(required);
    List<String> names = fields.stream().<String>map(FieldSpec::name).toList();
    if (Set.copyOf(names).size() < names.size() || !names.containsAll(required)) {
      throw new IllegalArgumentException(name + " has duplicate fields or requires an unknown one");
    }
  }

  /** Returns a table of these fields, none of which is required. */
  public static FieldTable of(String name, FieldSpec<?>... fields) {
    Objects.requireNonNull(fields, "fields");
    return new FieldTable(name, "", List.of(fields), Set.of());
  }

  /** Returns a copy with the given name and help text. */
  public FieldTable named(String other, String sentence) {
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(sentence, "sentence");
    return new FieldTable(other, sentence, fields, required);
  }

  /** Returns a copy with exactly these fields required. */
  public FieldTable requiring(FieldSpec<?>... some) {
    Objects.requireNonNull(some, "some");
    Set<String> names = Set.copyOf(Stream.of(some).<String>map(FieldSpec::name).toList());
    return new FieldTable(name, help, fields, names);
  }

  /** Returns a copy with more fields at the end. */
  public FieldTable with(FieldSpec<?>... more) {
    Objects.requireNonNull(more, "more");
    List<FieldSpec<?>> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return new FieldTable(name, help, all, required);
  }

  /**
   * Returns the field of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FieldSpec<?> field(String wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return fields.stream()
        .filter(field -> field.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no field " + wanted));
  }

  /** Returns the names of all fields. */
  public List<String> names() {
    return fields.stream().<String>map(FieldSpec::name).toList();
  }

  /** Returns the names of the fields that null resets to their defaults. */
  public Set<String> resettable() {
    return fields.stream()
        .filter(FieldSpec::isResettable)
        .<String>map(FieldSpec::name)
        .collect(Collectors.toSet());
  }

  /** Reads all fields from a source. */
  public FieldValues read(FieldSource source) {
    Objects.requireNonNull(source, "source");
    FieldValues values = FieldValues.NONE;
    for (FieldSpec<?> field : fields) {
      values = read(field, source, values);
    }
    return values;
  }

  private static <T> FieldValues read(FieldSpec<T> field, FieldSource source, FieldValues before) {
    if (field.isResettable() && source.isNull(field.name())) {
      return before.withReset(field);
    }
    T value = field.kind().read(source, field.name());
    return value == null ? before : before.with(field, value);
  }
}
