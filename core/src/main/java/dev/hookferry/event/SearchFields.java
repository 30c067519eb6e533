package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The payload fields by which a site's events can be searched. Only events accepted while a field
 * is in the list are indexed by its value. Immutable; equality is by content.
 */
public final class SearchFields {
  /** Maximum number of fields. */
  public static final int MAX = 8;

  /** Maximum length of a name, in characters. */
  public static final int MAX_NAME = 64;

  /** Maximum number of dot-separated parts of a name. */
  public static final int MAX_DEPTH = 4;

  /** Maximum number of characters of a value that are indexed and compared. */
  public static final int MAX_VALUE = 128;

  /** No fields: nothing is indexed. */
  public static final SearchFields NONE = new SearchFields(List.of());

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_$@-]+(\\.[A-Za-z0-9_$@-]+){0," + (MAX_DEPTH - 1) + "}");

  private static final String RULE =
      "must be the name of a payload field: at most "
          + MAX_NAME
          + " characters of A-Z a-z 0-9 _ $ @ -, with a dot before a member of an object, such as"
          + " customer.id";

  private final List<Field> all;
  private final SearchFieldReader reader;

  /** Creates a list of fields. */
  public SearchFields(List<Field> all) {
    Objects.requireNonNull(all, "all");
    this.all = List.copyOf(all);
    reader = new SearchFieldReader(names());
  }

  /**
   * A search field.
   *
   * @param name its name; dots separate nested members
   * @param since when events began to be indexed by it
   */
  public record Field(String name, Instant since) {
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(since, "since");
    }
  }

  /** Returns the fields, in the order in which they were named. */
  public List<Field> all() {
    return all;
  }

  /** Returns the names of the fields. */
  public List<String> names() {
    return all.stream().map(Field::name).toList();
  }

  /** Returns whether the list is empty. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns the field of this name; empty if there is none. */
  public Optional<Field> find(String name) {
    Objects.requireNonNull(name, "name");
    return all.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /**
   * Returns a list of exactly these fields. Existing fields keep their {@link Field#since}.
   *
   * @param field the name of the list in the caller's input
   * @param now when events begin to be indexed by the new ones
   * @throws InvalidException that lists all problems with the names
   */
  public SearchFields named(String field, List<String> names, Instant now) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(now, "now");
    Problems problems = new Problems();
    problems.require(
        names.size() <= MAX,
        field,
        "must name at most " + MAX + " fields (got " + names.size() + ")");
    List<Field> named = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      problems.require(isName(name), field + "[" + names.indexOf(name) + "]", RULE);
      named.add(find(name).orElseGet(() -> new Field(name, now)));
    }
    problems.throwIfAny();
    return new SearchFields(named);
  }

  /**
   * Returns the values of these fields by name: strings, numbers as they are written, {@code true}
   * and {@code false}. Fields that are absent, null, an object or an array are left out. If a name
   * occurs more than once, the first value counts.
   *
   * @param data valid JSON (see {@link JsonValidator})
   */
  public Map<String, String> valuesOf(Payload data) {
    Objects.requireNonNull(data, "data");
    return all.isEmpty() ? Map.of() : reader.read(data.unsafeBytes());
  }

  /** Returns whether this is a valid name of a search field. */
  public static boolean isName(String name) {
    Objects.requireNonNull(name, "name");
    return name.length() <= MAX_NAME && NAME.matcher(name).matches();
  }

  /** Returns the part of a value that is indexed and compared: its first 128 characters. */
  public static String indexed(String value) {
    Objects.requireNonNull(value, "value");
    if (value.length() <= MAX_VALUE) {
      return value;
    }
    boolean splits = Character.isHighSurrogate(value.charAt(MAX_VALUE - 1));
    return value.substring(0, splits ? MAX_VALUE - 1 : MAX_VALUE);
  }

  /**
   * Returns the values that a query compares, by name, each truncated to its indexed length.
   *
   * @throws InvalidException if a name is not valid, or there are too many
   */
  public static Map<String, String> forQuery(Map<String, String> values) {
    Objects.requireNonNull(values, "values");
    Problems problems = new Problems();
    problems.require(values.size() <= MAX, "field", "must name at most " + MAX + " fields");
    values.keySet().forEach(name -> problems.require(isName(name), "field", RULE));
    problems.throwIfAny();
    Map<String, String> indexed = new TreeMap<>();
    values.forEach((name, value) -> indexed.put(name, indexed(value)));
    return PairRules.sorted(indexed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SearchFields fields && fields.all.equals(all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
