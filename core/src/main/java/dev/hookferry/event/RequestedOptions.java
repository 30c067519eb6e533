package dev.hookferry.event;

import dev.hookferry.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The optional fields of an event as a producer submits them.
 *
 * @param to ids or uids of endpoints
 * @param subject in plain text
 * @param submittedAt when it was submitted, which fingerprints do not cover; null if not given
 */
record RequestedOptions(
    Map<String, String> labels,
    List<String> to,
    @Nullable Instant deliverAt,
    @Nullable String orderingKey,
    Map<String, String> routing,
    @Nullable String subject,
    @Nullable TraceContext trace,
    @Nullable Instant submittedAt) {
  static final RequestedOptions NONE =
      new RequestedOptions(Map.of(), List.of(), null, null, Map.of(), null, null, null);

  /**
   * Returns the string that fingerprints cover; null if the event has no options. Endpoints are
   * compared by id or uid as written, because a uid may later refer to another endpoint.
   *
   * @param subjectHash replaces the subject, which must not be guessable from a hash
   */
  @Nullable String text(@Nullable String subjectHash) {
    if (isNoneIgnoringTrace()) {
      return null;
    }
    JsonWriter json = new JsonWriter().textsByName("labels", labels);
    if (!to.isEmpty()) {
      json.texts("to", to.stream().distinct().sorted().toList());
    }
    return json.text("deliverAt", deliverAt == null ? null : deliverAt.toString())
        .text("orderingKey", orderingKey)
        .textsByName("routing", routing)
        .text("subject", subjectHash)
        .end();
  }

  /** Returns the time of submission; {@code acceptedAt} if none was given. */
  Instant submittedAt(Instant acceptedAt) {
    return submittedAt == null ? acceptedAt : submittedAt;
  }

  boolean isNone() {
    return labels.isEmpty()
        && to.isEmpty()
        && deliverAt == null
        && orderingKey == null
        && routing.isEmpty()
        && subject == null
        && trace == null;
  }

  /** Returns whether there are no options, apart from the trace context. */
  private boolean isNoneIgnoringTrace() {
    return trace == null ? isNone() : withTrace(null).isNone();
  }

  RequestedOptions withLabels(Map<String, String> changed) {
    return new RequestedOptions(
        changed, to, deliverAt, orderingKey, routing, subject, trace, submittedAt);
  }

  RequestedOptions withTo(List<String> changed) {
    List<String> copy = List.copyOf(changed);
    return new RequestedOptions(
        labels, copy, deliverAt, orderingKey, routing, subject, trace, submittedAt);
  }

  RequestedOptions withDeliverAt(Instant changed) {
    return new RequestedOptions(
        labels, to, changed, orderingKey, routing, subject, trace, submittedAt);
  }

  RequestedOptions withOrderingKey(String changed) {
    return new RequestedOptions(
        labels, to, deliverAt, changed, routing, subject, trace, submittedAt);
  }

  RequestedOptions withRouting(Map<String, String> changed) {
    return new RequestedOptions(
        labels, to, deliverAt, orderingKey, changed, subject, trace, submittedAt);
  }

  RequestedOptions withSubject(String changed) {
    return new RequestedOptions(
        labels, to, deliverAt, orderingKey, routing, changed, trace, submittedAt);
  }

  RequestedOptions withTrace(@Nullable TraceContext changed) {
    return new RequestedOptions(
        labels, to, deliverAt, orderingKey, routing, subject, changed, submittedAt);
  }

  RequestedOptions withSubmittedAt(Instant changed) {
    return new RequestedOptions(
        labels, to, deliverAt, orderingKey, routing, subject, trace, changed);
  }

  RequestedOptions withState(String state) {
    return trace == null ? this : withTrace(trace.withState(state));
  }

  /** Omits the subject, which must not be shown. */
  @Override
  public String toString() {
    return "RequestedOptions[labels=" + labels + ", to=" + to + ", deliverAt=" + deliverAt + "]";
  }
}
