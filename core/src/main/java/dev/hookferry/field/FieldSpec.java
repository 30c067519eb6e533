package dev.hookferry.field;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Description of one field of a resource. Immutable; equality is by identity, because {@link
 * FieldValues} uses it as a key.
 *
 * @param <T> the type of its values
 */
public final class FieldSpec<T> {
  private final String name;
  private final FieldKind<T> kind;
  private final String help;
  private final boolean secret;
  private final boolean resettable;
  private final @Nullable String fallback;
  private final @Nullable T example;

  private FieldSpec(
      String name, FieldKind<T> kind, String help, Flags flags, @Nullable Sample<T> sample) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.help = Objects.requireNonNull(help, "help");
    this.secret = flags.secret();
    this.resettable = flags.resettable();
    fallback = sample == null ? null : sample.fallback();
    example = sample == null ? null : sample.example();
  }

  private record Flags(boolean secret, boolean resettable) {}

  private record Sample<T>(@Nullable String fallback, @Nullable T example) {}

  /**
   * Describes a field.
   *
   * @param name in camelCase, as in the API
   * @param help a human-readable sentence, with a period
   */
  public static <T> FieldSpec<T> of(String name, FieldKind<T> kind, String help) {
    return new FieldSpec<>(name, kind, help, new Flags(false, false), null);
  }

  /** Returns a copy with a default, as human-readable text. */
  public FieldSpec<T> fallback(String value) {
    Objects.requireNonNull(value, "value");
    return new FieldSpec<>(name, kind, help, flags(), new Sample<>(value, example));
  }

  /** Returns a copy with a value for examples. */
  public FieldSpec<T> example(T value) {
    Objects.requireNonNull(value, "value");
    return new FieldSpec<>(name, kind, help, flags(), new Sample<>(fallback, value));
  }

  /** Returns a copy marked as secret, so that its value is never shown. */
  public FieldSpec<T> asSecret() {
    return new FieldSpec<>(name, kind, help, new Flags(true, resettable), sample());
  }

  /** Returns a copy that a change can reset to its default with null. */
  public FieldSpec<T> asResettable() {
    return new FieldSpec<>(name, kind, help, new Flags(secret, true), sample());
  }

  /** Returns a copy with the given help text, for contexts where the meaning differs. */
  public FieldSpec<T> saying(String help) {
    Objects.requireNonNull(help, "help");
    return new FieldSpec<>(name, kind, help, flags(), sample());
  }

  private Flags flags() {
    return new Flags(secret, resettable);
  }

  private Sample<T> sample() {
    return new Sample<>(fallback, example);
  }

  /**
   * Returns the value if it is within the bounds of this field.
   *
   * @throws dev.hookferry.refusal.InvalidException with the field, the rule and the value given
   */
  public T checked(T value) {
    Objects.requireNonNull(value, "value");
    return kind.checked(name, value);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the kind, with its bounds. */
  public FieldKind<T> kind() {
    return kind;
  }

  /** Returns the help text. */
  public String help() {
    return help;
  }

  /** Returns whether its value is a secret. */
  public boolean isSecret() {
    return secret;
  }

  /** Returns whether null in a change resets it to its default. */
  public boolean isResettable() {
    return resettable;
  }

  /** Returns the default as text; null if there is none. */
  public @Nullable String fallback() {
    return fallback;
  }

  /** Returns a value for examples; null if there is none. */
  public @Nullable T example() {
    return example;
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
