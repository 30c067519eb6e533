package dev.hookferry.schema;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Port that compiles and compares JSON Schemas of draft 2020-12. Implementations are thread-safe,
 * do not use the network, do not block, and finish in bounded time on any text.
 */
public interface SchemaCompiler {
  /** Maximum size of a schema, in UTF-8 bytes. */
  int MAX_BYTES = 64 * 1024;

  /** Returns a compiler for a process without JSON Schema support, which refuses every schema. */
  static SchemaCompiler none() {
    return MissingCompiler.INSTANCE;
  }

  /** Returns whether this compiler can compile schemas; false only for {@link #none}. */
  default boolean isAvailable() {
    return true;
  }

  /**
   * Compiles a schema.
   *
   * @param schema a JSON text
   * @return the compiled schema, which is thread-safe
   * @throws InvalidException if the schema is invalid or unsupported. Each problem contains the
   *     violated rule; its field is {@code schema} followed by the location as a JSON Pointer, such
   *     as {@code schema/properties/Seats/minimum}
   */
  CompiledSchema compile(String schema);

  /**
   * Returns the changes between two versions of a schema that may break producers or receivers. An
   * added optional property or a changed description is compatible.
   *
   * @param before the old schema, which must have compiled
   * @param after the new schema, which must have compiled
   * @return one problem for each breaking change; its field is {@code schema} followed by the
   *     location. Empty if all changes are safe
   */
  List<Problem> breakingChanges(String before, String after);

  /** Compiler for a process without JSON Schema support. */
  enum MissingCompiler implements SchemaCompiler {
    /** The only instance. */
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
          "cannot be checked, because this process has no JSON Schema compiler: add hookferry-json-schema"
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
