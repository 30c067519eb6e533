package dev.hookferry.event;

import dev.hookferry.id.EndpointId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The optional fields of an accepted event. Immutable; equality is by content.
 *
 * @param labels values by name, sorted by name, by which searches and endpoints select events
 * @param to the only endpoints that the event is addressed to, sorted; empty if its type decides
 * @param deliverAt when it is to be sent; null, or a time before its acceptance, means immediately
 * @param orderingKey events with the same key belong to one sequence; null if there is none
 * @param routing values for URL templates, sorted by name
 * @param subject a keyed hash of the person or thing that the event is about, or null if not given
 * @param unwrapped whether the payload is the data itself, although it begins like an {@link
 *     Envelope}
 * @param schemaProblem how its data violates the schema of its type if that schema only warns; null
 *     if it does not
 * @param searchFields values of the site's {@link SearchFields} in the data, by name, sorted by
 *     name
 * @param trace the producer's position in a distributed trace, or null if there is none
 */
public record EventOptions(
    Map<String, String> labels,
    List<EndpointId> to,
    @Nullable Instant deliverAt,
    @Nullable String orderingKey,
    Map<String, String> routing,
    @Nullable String subject,
    boolean unwrapped,
    @Nullable String schemaProblem,
    Map<String, String> searchFields,
    @Nullable TraceContext trace) {
  /** The options of an event without any. */
  public static final EventOptions NONE =
      new EventOptions(Map.of(), List.of(), null, null, Map.of(), null, false);

  private static final int TRACE_LENGTH = 55;

  /** Creates the options of an event as its producer submits them. */
  public EventOptions(
      Map<String, String> labels,
      List<EndpointId> to,
      @Nullable Instant deliverAt,
      @Nullable String orderingKey,
      Map<String, String> routing,
      @Nullable String subject,
      boolean unwrapped) {
    this(labels, to, deliverAt, orderingKey, routing, subject, unwrapped, null, Map.of(), null);
  }

  public EventOptions {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(routing, "routing");
    Objects.requireNonNull(searchFields, "searchFields");
    labels = PairRules.sorted(labels);
    routing = PairRules.sorted(routing);
    searchFields = PairRules.sorted(searchFields);
    to = to.stream().distinct().sorted(Comparator.comparing(EndpointId::value)).toList();
  }

  /** Returns a copy for an event whose payload is the data itself. */
  public EventOptions asUnwrapped() {
    return with(labels, routing, true, schemaProblem, searchFields);
  }

  /** Returns a copy with the given schema violation. */
  public EventOptions withSchemaProblem(String problem) {
    Objects.requireNonNull(problem, "problem");
    return with(labels, routing, unwrapped, problem, searchFields);
  }

  /** Returns a copy with the given labels. */
  public EventOptions withLabels(Map<String, String> all) {
    Objects.requireNonNull(all, "all");
    return with(all, routing, unwrapped, schemaProblem, searchFields);
  }

  /** Returns a copy with the given values for URL templates. */
  public EventOptions withRouting(Map<String, String> values) {
    Objects.requireNonNull(values, "values");
    return with(labels, values, unwrapped, schemaProblem, searchFields);
  }

  /** Returns a copy with the given values of search fields. */
  public EventOptions withSearchFields(Map<String, String> values) {
    Objects.requireNonNull(values, "values");
    return values.equals(searchFields)
        ? this
        : with(labels, routing, unwrapped, schemaProblem, values);
  }

  private EventOptions with(
      Map<String, String> labels,
      Map<String, String> routing,
      boolean unwrapped,
      @Nullable String schemaProblem,
      Map<String, String> searchFields) {
    return new EventOptions(
        labels,
        to,
        deliverAt,
        orderingKey,
        routing,
        subject,
        unwrapped,
        schemaProblem,
        searchFields,
        trace);
  }

  /** Returns a copy with the given trace context; null for none. */
  public EventOptions withTrace(@Nullable TraceContext context) {
    return new EventOptions(
        labels,
        to,
        deliverAt,
        orderingKey,
        routing,
        subject,
        unwrapped,
        schemaProblem,
        searchFields,
        context);
  }

  /** Returns whether no option is set. */
  public boolean isNone() {
    return labels.isEmpty()
        && to.isEmpty()
        && deliverAt == null
        && orderingKey == null
        && routing.isEmpty()
        && subject == null
        && !unwrapped
        && schemaProblem == null
        && searchFields.isEmpty()
        && trace == null;
  }

  /** Returns the approximate size in characters; 0 if no option is set. */
  public int size() {
    if (isNone()) {
      return 0;
    }
    return 30 * to.size()
        + size(labels)
        + size(routing)
        + size(searchFields)
        + (orderingKey == null ? 0 : orderingKey.length())
        + (subject == null ? 0 : subject.length())
        + (schemaProblem == null ? 0 : schemaProblem.length())
        + (trace == null ? 0 : TRACE_LENGTH + trace.state().length());
  }

  private static int size(Map<String, String> values) {
    int size = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      size += value.getKey().length() + value.getValue().length();
    }
    return size;
  }

  /**
   * Serializes these options as a JSON object on one line, in ASCII; equal options have equal
   * strings. Stores keep it unchanged, or null if {@link #isNone}.
   */
  public String text() {
    JsonWriter json = new JsonWriter();
    write(json, this);
    return json.end();
  }

  /**
   * Parses the output of {@link #text}; null means none.
   *
   * @throws IllegalArgumentException if the text is damaged or was written by a newer version; the
   *     message names the member
   */
  public static EventOptions parse(@Nullable String text) {
    return text == null ? NONE : JsonMembers.parse(text, EventOptions::read);
  }

  /** Writes the members of {@link #text} into an object. */
  public static void write(JsonWriter json, EventOptions options) {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(options, "options");
    json.textsByName("labels", options.labels);
    if (!options.to.isEmpty()) {
      json.texts("to", options.to.stream().map(EndpointId::toString).toList());
    }
    json.text("deliverAt", options.deliverAt == null ? null : options.deliverAt.toString())
        .text("orderingKey", options.orderingKey)
        .textsByName("routing", options.routing)
        .text("subject", options.subject)
        .text("schemaProblem", options.schemaProblem)
        .textsByName("searchFields", options.searchFields)
        .text("traceparent", options.trace == null ? null : options.trace.text())
        .text("tracestate", stateOf(options.trace));
    if (options.unwrapped) {
      json.flag("unwrapped", true);
    }
  }

  private static @Nullable String stateOf(@Nullable TraceContext trace) {
    return trace == null || trace.state().isEmpty() ? null : trace.state();
  }

  private static @Nullable TraceContext trace(JsonMembers members) {
    TraceContext trace = members.textOrNull("traceparent", TraceContext::parse);
    String state = members.textOrNull("tracestate", text -> text);
    return trace == null || state == null ? trace : trace.withState(state);
  }

  /** Reads the members written by {@link #write}. */
  public static EventOptions read(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new EventOptions(
        members.textsByName("labels"),
        members.textsIfThere("to", EndpointId::parse),
        members.textOrNull("deliverAt", Instant::parse),
        members.textOrNull("orderingKey", text -> text),
        members.textsByName("routing"),
        members.textOrNull("subject", text -> text),
        members.flagIfThere("unwrapped"),
        members.textOrNull("schemaProblem", text -> text),
        members.textsByName("searchFields"),
        trace(members));
  }
}
