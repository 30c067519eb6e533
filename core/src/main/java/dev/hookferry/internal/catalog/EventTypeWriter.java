package dev.hookferry.internal.catalog;

import static java.util.stream.Collectors.toMap;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.schema.CompiledSchema;
import dev.hookferry.schema.SchemaCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Validates and applies changes to event types. */
public final class EventTypeWriter {
  private final SchemaCompiler compiler;
  private final Instant now;

  /** Creates a writer for changes made at the given time. */
  public EventTypeWriter(SchemaCompiler compiler, Instant now) {
    this.compiler = Objects.requireNonNull(compiler, "compiler");
    this.now = Objects.requireNonNull(now, "now");
  }

  /**
   * Checks the parts of a request that do not depend on the current entry.
   *
   * @param example the example in the request, or null if it has none
   */
  public void check(SchemaPolicy policy, @Nullable String schema, @Nullable String example) {
    if (schema == null) {
      if (policy != SchemaPolicy.OFF) {
        throw InvalidException.of("policy", "must be off for a type without a schema");
      }
      return;
    }
    if (!compiler.isAvailable() && policy == SchemaPolicy.OFF) {
      requireSize(schema);
      return;
    }
    CompiledSchema compiled = compiler.compile(schema);
    Problems problems = new Problems();
    if (example != null) {
      compiled
          .validate(Payload.of(example))
          .forEach(found -> problems.add("example" + found.path(), found.reason()));
    }
    problems.throwIfAny();
  }

  private static void requireSize(String schema) {
    int bytes = Payload.of(schema).size();
    if (bytes > SchemaCompiler.MAX_BYTES) {
      throw InvalidException.of(
          "schema", "must have at most " + SchemaCompiler.MAX_BYTES + " bytes (got " + bytes + ")");
    }
  }

  /** Returns the entry after a request replaces it. */
  public EventTypeDefinition replaced(EventTypeDefinition before, EventTypeSpec spec) {
    return new EventTypeDefinition(
        before.site(),
        before.type(),
        spec.description(),
        spec.example(),
        spec.policy(),
        spec.deprecated(),
        spec.archived(),
        versions(before, spec.schema()),
        createdAt(before),
        now);
  }

  private Instant createdAt(EventTypeDefinition before) {
    return Objects.requireNonNullElse(before.createdAt(), now);
  }

  /**
   * Returns the entry with exactly these versions of its schema. If they differ from the current
   * ones, the policy becomes {@code block}, or {@code off} if there is no version or this process
   * cannot compile the last one, such as one in an unsupported draft.
   */
  public EventTypeDefinition imported(
      EventTypeDefinition before, EventTypeSpec spec, SortedMap<Integer, String> schemas) {
    schemas.values().forEach(EventTypeWriter::requireSize);
    List<SchemaVersion> all =
        schemas.entrySet().stream()
            .map(entry -> new SchemaVersion(entry.getKey(), entry.getValue(), now))
            .toList();
    boolean isSame = schemas(before.versions()).equals(schemas(all));
    boolean usable = !all.isEmpty() && isUsable(all.get(all.size() - 1).schema());
    SchemaPolicy policy = usable ? SchemaPolicy.BLOCK : SchemaPolicy.OFF;
    return new EventTypeDefinition(
        before.site(),
        before.type(),
        spec.description(),
        spec.example(),
        isSame ? before.policy() : policy,
        spec.deprecated(),
        spec.archived(),
        isSame ? before.versions() : kept(all),
        createdAt(before),
        now);
  }

  private static Map<Integer, String> schemas(List<SchemaVersion> versions) {
    return versions.stream().collect(toMap(SchemaVersion::number, SchemaVersion::schema));
  }

  private boolean isUsable(String schema) {
    try {
      var unused = compiler.compile(schema);
      return true;
    } catch (InvalidException e) {
      return false;
    }
  }

  private List<SchemaVersion> versions(EventTypeDefinition before, @Nullable String schema) {
    SchemaVersion current = before.schema().orElse(null);
    if (current == null) {
      return schema == null ? List.of() : List.of(new SchemaVersion(1, schema, now));
    }
    if (current.schema().equals(schema)) {
      return before.versions();
    }
    if (before.policy() != SchemaPolicy.OFF) {
      refuseBreaking(current, schema);
    }
    if (schema == null) {
      return List.of();
    }
    List<SchemaVersion> all = new ArrayList<>(before.versions());
    all.set(all.size() - 1, new SchemaVersion(current.number(), schema, now));
    return all;
  }

  private void refuseBreaking(SchemaVersion current, @Nullable String schema) {
    if (schema == null) {
      throw InvalidException.of(
          "schema", "is in force and cannot be removed; set policy to off first");
    }
    List<Problem> breaking = compiler.breakingChanges(current.schema(), schema);
    if (!breaking.isEmpty()) {
      String way = ": this may break others, so make it version " + (current.number() + 1);
      throw new InvalidException(
          breaking.stream()
              .map(change -> new Problem(change.field(), change.reason() + way))
              .toList());
    }
  }

  /**
   * Returns the entry with a new version of its schema, which takes effect at once.
   *
   * @param example the new example; null keeps the current one
   * @throws ConflictException if the number is not the next one, or the version exists with other
   *     content
   */
  public EventTypeDefinition next(
      EventTypeDefinition before, int number, String schema, @Nullable String example) {
    int currentNumber = before.schema().map(SchemaVersion::number).orElse(0);
    String shown = example == null ? before.example() : example;
    if (number == currentNumber
        && before.schema().orElseThrow().schema().equals(schema)
        && Objects.equals(shown, before.example())) {
      return before;
    }
    if (number != currentNumber + 1) {
      throw new ConflictException(
          "the next version of the schema is " + (currentNumber + 1) + " (got " + number + ")");
    }
    check(before.policy(), schema, shown);
    List<SchemaVersion> all = new ArrayList<>(before.versions());
    all.add(new SchemaVersion(number, schema, now));
    return new EventTypeDefinition(
        before.site(),
        before.type(),
        before.description(),
        shown,
        before.policy(),
        before.deprecated(),
        before.archived(),
        kept(all),
        createdAt(before),
        now);
  }

  /** Returns the version in force and as many of the newest others as the limits allow. */
  private static List<SchemaVersion> kept(List<SchemaVersion> all) {
    int from = Math.max(0, all.size() - 1);
    int bytes = 0;
    while (from > 0 && all.size() - from < EventTypeFields.MAX_VERSIONS) {
      bytes += Payload.of(all.get(from - 1).schema()).size();
      if (bytes > EventTypeFields.MAX_HISTORY) {
        break;
      }
      from--;
    }
    return all.subList(from, all.size());
  }
}
