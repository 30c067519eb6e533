package dev.hookferry.jsonschema;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.schema.CompiledSchema;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.schema.SchemaViolation;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiler for JSON Schema 2020-12, without the features that would let a schema load others or run
 * for long: references stay within the schema, {@code pattern} has no look-around or back
 * references, and every check has a budget of steps. {@code format} is only an annotation, as in
 * the draft.
 *
 * <p>Thread-safe. Pass it to {@link dev.hookferry.HookferryBuilder#schemas}.
 */
public final class JsonSchemaCompiler implements SchemaCompiler {
  private static final URI NAME = URI.create("urn:hookferry:schema");

  /** Keywords of the meta-schema whose errors only summarize those of others. */
  private static final Set<String> SUMMARIES = Set.of("allOf", "anyOf");

  /** Values that reveal a schema that refers to itself without descending into the value. */
  private static final List<String> PROBES = List.of("null", "{}", "[]", "\"\"", "0");

  /** Null until the first schema: the library loads many classes, and few sites have schemas. */
  private @Nullable Validator metaSchema;

  /** Creates a compiler. */
  public JsonSchemaCompiler() {}

  @Override
  public CompiledSchema compile(String schema) {
    Objects.requireNonNull(schema, "schema");
    Payload text = Payload.of(schema);
    Problems problems = new Problems();
    problems.require(
        text.size() <= MAX_BYTES,
        "schema",
        "must have at most " + MAX_BYTES + " bytes (got " + text.size() + ")");
    problems.throwIfAny();
    JsonValidator.require("schema", text);
    JsonTree tree = TreeParser.parse(schema, Budget.of(MAX_BYTES));
    problems.require(
        tree.isObject() || tree.isBoolean(), "schema", "must be a JSON object, true or false");
    problems.throwIfAny();
    checkForm(tree, problems);
    SchemaRules.check(tree, problems);
    problems.throwIfAny();
    Validator validator = SchemaLibrarySetup.validator();
    URI name = validator.registerSchema(NAME, tree);
    CheckedSchema compiled = new CheckedSchema(tree, validator, name);
    PROBES.forEach(probe -> compiled.requireEnd(Payload.of(probe)));
    return compiled;
  }

  /** Checks a schema against the meta-schema. */
  private void checkForm(JsonTree tree, Problems problems) {
    try {
      List<Error> all = metaSchema().validate(SchemaLibrarySetup.metaSchema(), tree).getErrors();
      List<Error> causes =
          all.stream()
              .filter(error -> !SUMMARIES.contains(String.valueOf(error.getKeyword())))
              .toList();
      (causes.isEmpty() ? all : causes)
          .stream()
              .collect(
                  Collectors.groupingBy(
                      Error::getInstanceLocation, LinkedHashMap::new, Collectors.toList()))
              .forEach(
                  (place, errors) -> problems.add("schema" + place, ViolationText.ofForm(errors)));
    } catch (Budget.ExceededException e) {
      problems.add("schema", "is too complicated: " + e.getMessage());
    }
    problems.throwIfAny();
  }

  private synchronized Validator metaSchema() {
    Validator current = metaSchema;
    if (current == null) {
      current = SchemaLibrarySetup.validator();
      metaSchema = current;
    }
    return current;
  }

  @Override
  public List<Problem> breakingChanges(String before, String after) {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    return BreakingChanges.between(
        TreeParser.parse(before, Budget.unlimited()), TreeParser.parse(after, Budget.unlimited()));
  }

  /** A compiled schema. */
  private record CheckedSchema(JsonTree schema, Validator validator, URI name)
      implements CompiledSchema {
    private static final int MAX = 10;

    @Override
    public List<SchemaViolation> validate(Payload data) {
      Objects.requireNonNull(data, "data");
      try {
        return violations(data);
      } catch (Budget.ExceededException e) {
        return List.of(
            new SchemaViolation("", "cannot be checked against the schema: " + e.getMessage()));
      } catch (StackOverflowError e) {
        return List.of(
            new SchemaViolation("", "cannot be checked against the schema: it is nested too deep"));
      }
    }

    private List<SchemaViolation> violations(Payload data) {
      JsonTree tree = TreeParser.parse(data.text(), Budget.of(data.size()));
      Validator.Result result = validator.validate(name, tree);
      if (result.isValid()) {
        return List.of();
      }
      List<SchemaViolation> all =
          result.getErrors().stream().map(this::violation).distinct().limit(MAX).toList();
      return all.isEmpty() ? List.of(new SchemaViolation("", "violates the schema")) : all;
    }

    private SchemaViolation violation(Error error) {
      return new SchemaViolation(error.getInstanceLocation(), ViolationText.of(schema, error));
    }

    /** Refuses a schema whose evaluation never ends. */
    void requireEnd(Payload probe) {
      try {
        var unused = violations(probe);
      } catch (Budget.ExceededException | StackOverflowError e) {
        throw InvalidException.of(
            "schema", "must not refer to itself without descending into the value");
      }
    }
  }
}
