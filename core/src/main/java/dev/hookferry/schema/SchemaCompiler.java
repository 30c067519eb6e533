package dev.hookferry.schema;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Port: compiles and compares JSON Schemas of draft 2020-12. Implementations are thread-safe, need
 * no network, and end in bounded time on any text; they do not block.
 */
public interface SchemaCompiler {
  /** Maximum size of a schema, in bytes of UTF-8. */
  int MAX_BYTES = 64 * 1024;

  /** Returns a compiler for a process without JSON Schema: it refuses every schema. */
  static SchemaCompiler none() {
    return MissingCompiler.INSTANCE;
  }

  /** Returns whether schemas can be compiled at all; false for {@link #none} only. */
  default boolean isAvailable() {
    return true;
  }

  /**
   * Compiles a schema.
   *
   * @param schema a JSON text
   * @return the compiled schema, which is thread-safe
   * @throws InvalidException if the schema is invalid or unsupported: each problem has the field
   *     {@code schema} followed by the place in it as a JSON Pointer, such as {@code
   *     schema/properties/Seats/minimum}, and the rule
   */
  CompiledSchema compile(String schema);

  /**
   * Returns the changes in a schema that may break producers or receivers if it replaces another
   * one. An added optional property or a changed description is compatible.
   *
   * @param before a schema that was compiled once
   * @param after a schema that was compiled once
   * @return each with the field {@code schema} followed by the place in it, and the change; empty
   *     if the change is safe
   */
  List<Problem> breakingChanges(String before, String after);

  /** A process without JSON Schema. */
  enum MissingCompiler implements SchemaCompiler {
    /** The only one. */
    INSTANCE;

    @Override
    public boolean isAvailable() {
      return false;
    }

    @Override
    public CompiledSchema compile(String schema) {
      Objects.requireNonNull(schema, "schema");
      throw InvalidException.of(
          "schema",
          "cannot be checked, because this process has no JSON Schema: add hookferry-json-schema"
              + " and pass its compiler to the builder, or set policy to off");
    }

    @Override
    public List<Problem> breakingChanges(String before, String after) {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
      return List.of();
    }
  }
}
