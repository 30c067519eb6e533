package dev.hookferry;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.schema.CompiledSchema;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.schema.SchemaViolation;
import java.util.List;

/**
 * Schemas to test with, each a JSON text that data must contain: {@code "Key"} wants a key. A
 * change that only adds to the text breaks nobody, and {@code "bad"} cannot be compiled.
 */
public final class ScriptedSchemas implements SchemaCompiler {
  @Override
  public CompiledSchema compile(String schema) {
    if (schema.equals("\"bad\"")) {
      throw InvalidException.of("schema/type", "must be known");
    }
    String wanted = schema.split(" ", 2)[0];
    return data ->
        data.text().contains(wanted)
            ? List.of()
            : List.of(new SchemaViolation("/a", "must contain " + wanted));
  }

  @Override
  public List<Problem> breakingChanges(String before, String after) {
    return after.startsWith(before) ? List.of() : List.of(new Problem("schema/a", "is changed"));
  }
}
