package dev.hookferry.internal.catalog;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.SchemaChecks;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.catalog.UnusableSchema;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.schema.CompiledSchema;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.schema.SchemaViolation;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The compiled schemas of all sites, with counts of the checks. If a schema cannot be compiled,
 * events of its type are refused under the policy {@code block} and accepted unchecked under {@code
 * warn}, and {@link #unusable} reports it. Thread-safe.
 */
public final class SchemaIndex {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.schema");
  private static final int MAX_MARK = 500;

  /** Maximum number of events checked on the caller's thread; {@link #SMALL} limits their bytes. */
  private static final int FEW = 16;

  private static final int SMALL = 64 * 1024;

  private final SchemaCompiler compiler;
  private final Map<Key, Compiled> compiled = new ConcurrentHashMap<>();
  private final LongAdder valid = new LongAdder();
  private final LongAdder warned = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unchecked = new LongAdder();

  /** Creates an index with nothing compiled. */
  public SchemaIndex(SchemaCompiler compiler) {
    this.compiler = Objects.requireNonNull(compiler, "compiler");
  }

  private record Key(SiteId site, EventType type) {}

  /**
   * A compiled schema, or the reason why this process cannot use it.
   *
   * @param schema the compiled schema, or null if there is a problem
   */
  private record Compiled(
      SchemaVersion version, @Nullable CompiledSchema schema, @Nullable String problem) {}

  /** Returns the compiler. */
  public SchemaCompiler compiler() {
    return compiler;
  }

  /**
   * Returns whether checking these events may take too long for a thread that serves other
   * requests.
   */
  public boolean takesLong(Config config, SiteId site, List<NewEvent> events) {
    if (!config.hasTypesInForce(site)) {
      return false;
    }
    long bytes = 0;
    int checked = 0;
    for (NewEvent event : events) {
      EventTypeDefinition definition = config.typeInForce(site, event.type());
      if (definition != null && definition.isChecked()) {
        checked++;
        bytes += event.data().size();
      }
    }
    return checked > FEW || bytes > SMALL;
  }

  /** Result of a check that did not refuse the event. Counted once the event is accepted. */
  public static final class Checked {
    private final LongAdder counter;
    private final @Nullable String mark;

    private Checked(LongAdder counter, @Nullable String mark) {
      this.counter = counter;
      this.mark = mark;
    }

    /** Returns the problem to mark the event with, or null if there is none. */
    public @Nullable String mark() {
      return mark;
    }

    /** Counts the check. */
    public void count() {
      counter.increment();
    }
  }

  /**
   * Checks the data of an event. Does not count the check, since the event may be a repeat or be
   * built again.
   *
   * @return null if the type has no schema, or its policy is off
   * @throws InvalidException if the policy is {@code block}, and the data violates the schema or
   *     the schema is unusable
   */
  public @Nullable Checked check(Config config, SiteId site, EventType type, Payload data) {
    EventTypeDefinition definition = config.typeInForce(site, type);
    if (definition == null || !definition.isChecked()) {
      return null;
    }
    SchemaVersion version = definition.schema().orElseThrow();
    Compiled usable = compiled(config, definition, version);
    CompiledSchema schema = usable.schema();
    if (schema == null) {
      requireUnblocked(definition, usable);
      return new Checked(unchecked, null);
    }
    List<SchemaViolation> found = schema.validate(data);
    if (found.isEmpty()) {
      return new Checked(valid, null);
    }
    if (definition.policy() == SchemaPolicy.BLOCK) {
      throw refusal(type, version, found);
    }
    return new Checked(warned, mark(version, found.get(0)));
  }

  private void requireUnblocked(EventTypeDefinition definition, Compiled unusable) {
    if (definition.policy() == SchemaPolicy.BLOCK) {
      throw InvalidException.of(
          "type",
          "has the policy block and version "
              + unusable.version().number()
              + " of a schema that this node cannot use ("
              + unusable.problem()
              + "); update the node, or set the policy to warn");
    }
  }

  private static InvalidException refusal(
      EventType type, SchemaVersion version, List<SchemaViolation> found) {
    String schema = " (schema of " + type + ", version " + version.number() + ")";
    return new InvalidException(
        found.stream()
            .map(each -> new Problem("data" + each.path(), each.reason() + schema))
            .toList());
  }

  private static String mark(SchemaVersion version, SchemaViolation first) {
    String text = "version " + version.number() + ": " + first;
    return text.length() <= MAX_MARK ? text : text.substring(0, MAX_MARK);
  }

  private Compiled compiled(Config config, EventTypeDefinition definition, SchemaVersion version) {
    Key key = new Key(definition.site(), definition.type());
    Compiled known = compiled.get(key);
    if (known != null && known.version().equals(version)) {
      return known;
    }
    Compiled fresh = compile(definition, version);
    compiled.keySet().removeIf(each -> config.eventType(each.site(), each.type()) == null);
    compiled.put(key, fresh);
    return fresh;
  }

  private Compiled compile(EventTypeDefinition definition, SchemaVersion version) {
    try {
      return new Compiled(version, compiler.compile(version.schema()), null);
    } catch (InvalidException e) {
      String problem = e.problems().get(0).toString();
      LOG.log(
          System.Logger.Level.WARNING,
          "schema unusable site={0} type={1} version={2} policy={3} problem={4}",
          definition.site(),
          definition.type(),
          version.number(),
          definition.policy(),
          problem);
      return new Compiled(version, null, problem);
    }
  }

  /** Returns the schemas in force that this process cannot use; compiles new ones first. */
  public List<UnusableSchema> unusable(Config config) {
    List<UnusableSchema> all = new ArrayList<>();
    for (SiteId site : config.sites().keySet()) {
      for (EventTypeDefinition definition : config.eventTypesOf(site).values()) {
        if (definition.isChecked()) {
          SchemaVersion version = definition.schema().orElseThrow();
          String problem = compiled(config, definition, version).problem();
          if (problem != null) {
            all.add(new UnusableSchema(site, definition.type(), problem));
          }
        }
      }
    }
    return all;
  }

  /** Counts events that were refused because {@link #check} threw. */
  public void countRefused(int events) {
    refused.add(events);
  }

  /** Returns the numbers of checks by result. */
  public SchemaChecks checks() {
    return new SchemaChecks(valid.sum(), warned.sum(), refused.sum(), unchecked.sum());
  }
}
