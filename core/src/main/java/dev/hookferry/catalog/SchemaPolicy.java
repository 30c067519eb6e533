package dev.hookferry.catalog;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Treatment of an event whose data violates the schema of its type. */
public enum SchemaPolicy {
  /** Data is not checked. */
  OFF,
  /** The event is accepted, marked with the violation, and counted. */
  WARN,
  /** The event is refused with the path and the rule. */
  BLOCK;

  /** Returns the name used in the API and in stores. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Parses the name; empty if it is unknown. */
  public static Optional<SchemaPolicy> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(policy -> policy.code().equals(word)).findFirst();
  }
}
