package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.argument.StorableTimes;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as a producer submits it: {@code NewEvent.of("license_created", json).id("order-7")}.
 * Immutable; each method returns a copy.
 */
public final class NewEvent {
  private final EventType type;
  private final Payload data;
  private final @Nullable EventId id;
  private final @Nullable Instant occurredAt;
  private final @Nullable String idempotencyKey;
  private final RequestedOptions options;

  private NewEvent(
      EventType type,
      Payload data,
      @Nullable EventId id,
      @Nullable Instant occurredAt,
      @Nullable String idempotencyKey,
      RequestedOptions options) {
    this.type = type;
    this.data = data;
    this.id = id;
    this.occurredAt = occurredAt;
    this.idempotencyKey = idempotencyKey;
    this.options = options;
  }

  /**
   * Creates an event that occurs now and gets a generated id.
   *
   * @param type an event type known to the site
   * @param json the affected object: one JSON value, passed on byte for byte
   * @throws InvalidException if the type is not a valid name
   */
  public static NewEvent of(String type, String json) {
    EventType known = new EventType(Objects.requireNonNull(type, "type"));
    return of(known, Payload.of(Objects.requireNonNull(json, "json")));
  }

  /**
   * Creates an event that occurs now and gets a generated id.
   *
   * @param type an event type known to the site
   * @param data the affected object: one JSON value in UTF-8 (see {@link JsonValidator}), passed on
   *     byte for byte
   */
  public static NewEvent of(EventType type, Payload data) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
    return new NewEvent(type, data, null, null, null, RequestedOptions.NONE);
  }

  /**
   * Returns a copy with the producer's own id, which makes a repeated publish harmless. By default
   * one is generated.
   *
   * @throws InvalidException if the id is not valid
   */
  public NewEvent id(String own) {
    return id(new EventId(Objects.requireNonNull(own, "own")));
  }

  /** Returns a copy with the producer's own id. */
  public NewEvent id(EventId own) {
    EventId given = Objects.requireNonNull(own, "own");
    return new NewEvent(type, data, given, occurredAt, idempotencyKey, options);
  }

  /** Returns a copy with the time of occurrence, years 1 to 9999; default: see {@link #time}. */
  public NewEvent occurredAt(Instant when) {
    StorableTimes.checked("occurredAt", when, "when");
    return new NewEvent(type, data, id, when, idempotencyKey, options);
  }

  /**
   * Returns a copy with the time of submission, in the years 1 to 9999, which is used as {@link
   * #occurredAt} if that is not set. It is not compared when a publish is repeated.
   */
  public NewEvent submittedAt(Instant when) {
    return with(options.withSubmittedAt(StorableTimes.checked("submittedAt", when, "when")));
  }

  /** Returns a copy with the given data. */
  public NewEvent data(Payload data) {
    Objects.requireNonNull(data, "data");
    return new NewEvent(type, data, id, occurredAt, idempotencyKey, options);
  }

  /**
   * Returns a copy with an idempotency key: a second event of the site with this key is recognized
   * as a repeat. By default there is none.
   */
  public NewEvent idempotencyKey(String key) {
    return new NewEvent(type, data, id, occurredAt, Objects.requireNonNull(key, "key"), options);
  }

  /** Returns a copy with one more label; see {@link #labels(Map)}. */
  public NewEvent label(String name, String value) {
    return labels(PairRules.with(options.labels(), name, value));
  }

  /**
   * Returns a copy with exactly these labels, by name: up to 10, names of 1 to 64 characters of
   * {@code a-z0-9_.-}, values of at most 128 characters. Searches and endpoints select events by
   * them; see {@link Channels}. By default there are none.
   *
   * @throws InvalidException that lists all violations
   */
  public NewEvent labels(Map<String, String> labels) {
    NoNulls.inKeys(labels, "labels");
    return with(options.withLabels(PairRules.LABELS.checked("labels", labels)));
  }

  /**
   * Returns a copy addressed to these endpoints only, whatever event types they subscribe to; their
   * labels and filters still apply. By default the endpoints that subscribe to its type get it.
   *
   * @param endpoints 1 to 100 ids or uids of endpoints; the publish is refused if the site lacks
   *     one of them
   * @throws InvalidException if none or too many are named
   */
  public NewEvent to(String... endpoints) {
    return to(NoNulls.in(endpoints, "endpoints"));
  }

  /** Returns a copy addressed to these endpoints only; see {@link #to(String...)}. */
  public NewEvent to(List<String> endpoints) {
    return with(options.withTo(EventFields.TO.checked(NoNulls.in(endpoints, "endpoints"))));
  }

  /**
   * Returns a copy to be sent at this time, with millisecond precision. The publish checks that it
   * is at most 30 days after the acceptance. A time in the past means immediately, the default.
   */
  public NewEvent deliverAt(Instant when) {
    Instant at = StorableTimes.checked("deliverAt", when, "when");
    return with(options.withDeliverAt(at.truncatedTo(ChronoUnit.MILLIS)));
  }

  /**
   * Returns a copy with an ordering key: 1 to 128 characters. By default there is none.
   *
   * @throws InvalidException if it is empty or too long, or has control characters
   */
  public NewEvent orderingKey(String key) {
    Objects.requireNonNull(key, "key");
    return with(options.withOrderingKey(PairRules.text("orderingKey", key, EventFields.MAX_KEY)));
  }

  /** Returns a copy with one more routing value; see {@link #routing(Map)}. */
  public NewEvent routing(String name, String value) {
    return routing(PairRules.with(options.routing(), name, value));
  }

  /**
   * Returns a copy with exactly these values for URL templates, by name: up to 16, names of 1 to 64
   * characters of {@code A-Za-z0-9_}, values of at most 256 characters. By default there are none.
   *
   * @throws InvalidException that lists all violations
   */
  public NewEvent routing(Map<String, String> values) {
    NoNulls.inKeys(values, "values");
    return with(options.withRouting(PairRules.ROUTING.checked("routing", values)));
  }

  /**
   * Returns a copy that is about this person or thing: 1 to 256 characters. Only a keyed hash of it
   * is stored. By default there is none.
   *
   * @throws InvalidException if it is empty or too long, or has control characters
   */
  public NewEvent subject(String whom) {
    Objects.requireNonNull(whom, "whom");
    return with(options.withSubject(PairRules.text("subject", whom, EventFields.MAX_SUBJECT)));
  }

  /**
   * Returns a copy that belongs to this trace, in the form of the header {@code traceparent}; by
   * default it belongs to none.
   *
   * @throws InvalidException if it is malformed
   */
  public NewEvent traceparent(String context) {
    return with(options.withTrace(TraceContext.parse(Objects.requireNonNull(context, "context"))));
  }

  /** Returns a copy with this {@code tracestate}, if it has a trace; see {@link TraceContext}. */
  public NewEvent tracestate(String state) {
    return with(options.withState(Objects.requireNonNull(state, "state")));
  }

  private NewEvent with(RequestedOptions changed) {
    return new NewEvent(type, data, id, occurredAt, idempotencyKey, changed);
  }

  /** Returns the event type. */
  public EventType type() {
    return type;
  }

  /** Returns the affected object. */
  public Payload data() {
    return data;
  }

  /** Returns the producer's own id, or null to have one generated. */
  public @Nullable EventId id() {
    return id;
  }

  /** Returns the time of occurrence, or null if not set; see {@link #time}. */
  public @Nullable Instant occurredAt() {
    return occurredAt;
  }

  /** Returns the time of occurrence, else of submission, else of acceptance. */
  public Instant time(Instant acceptedAt) {
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    return occurredAt == null ? options.submittedAt(acceptedAt) : occurredAt;
  }

  /** Returns the idempotency key, or null if there is none. */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Returns whether any of the fields below is set. */
  public boolean hasOptions() {
    return !options.isNone();
  }

  /** Returns its labels, sorted by name. */
  public Map<String, String> labels() {
    return options.labels();
  }

  /** Returns the endpoints that it is addressed to, by id or uid; empty if its type decides. */
  public List<String> to() {
    return options.to();
  }

  /** Returns when to send it, or null for immediately. */
  public @Nullable Instant deliverAt() {
    return options.deliverAt();
  }

  /** Returns its ordering key, or null if there is none. */
  public @Nullable String orderingKey() {
    return options.orderingKey();
  }

  /** Returns its values for URL templates, sorted by name. */
  public Map<String, String> routing() {
    return options.routing();
  }

  /** Returns its subject in plain text, or null if there is none. */
  public @Nullable String subject() {
    return options.subject();
  }

  /** Returns the trace that it belongs to, or null if there is none. */
  public @Nullable TraceContext trace() {
    return options.trace();
  }

  /**
   * Returns how a repeat of this event is recognized, or null if it has neither id nor key.
   * Compares the ids or uids in {@link #to()} as written, whichever endpoints they refer to.
   *
   * @param subjectHash the hash of its subject; null if it has none
   */
  public @Nullable Idempotence idempotence(@Nullable String subjectHash) {
    if (id == null && idempotencyKey == null) {
      return null;
    }
    String covered = options.text(subjectHash);
    return new Idempotence(idempotencyKey, Fingerprint.of(type, occurredAt, data, covered));
  }

  /** Returns the type and the id, without the data. */
  @Override
  public String toString() {
    return "NewEvent[" + type + (id == null ? "" : ", " + id) + "]";
  }
}
