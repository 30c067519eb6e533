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
 */
record AskedOptions(
    Map<String, String> labels,
    List<String> to,
    @Nullable Instant deliverAt,
    @Nullable String orderingKey,
    Map<String, String> routing,
    @Nullable String subject,
    @Nullable TraceContext trace) {
  static final AskedOptions NONE =
      new AskedOptions(Map.of(), List.of(), null, null, Map.of(), null, null);

  /**
   * Returns a text for fingerprints. Endpoints count as they are named, because what a name leads
   * to changes.
   *
   * @param subjectHash counts instead of the subject, whose text must not be guessed by hashing
   */
  String text(@Nullable String subjectHash) {
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

  boolean isNone() {
    return labels.isEmpty()
        && to.isEmpty()
        && deliverAt == null
        && orderingKey == null
        && routing.isEmpty()
        && subject == null
        && trace == null;
  }

  /** Returns whether there are none that belong to the event, as the trace context does not. */
  boolean isNoneOfTheEvent() {
    return trace == null ? isNone() : withTrace(null).isNone();
  }

  AskedOptions withLabels(Map<String, String> changed) {
    return new AskedOptions(changed, to, deliverAt, orderingKey, routing, subject, trace);
  }

  AskedOptions withTo(List<String> changed) {
    return new AskedOptions(labels, changed, deliverAt, orderingKey, routing, subject, trace);
  }

  AskedOptions withDeliverAt(Instant changed) {
    return new AskedOptions(labels, to, changed, orderingKey, routing, subject, trace);
  }

  AskedOptions withOrderingKey(String changed) {
    return new AskedOptions(labels, to, deliverAt, changed, routing, subject, trace);
  }

  AskedOptions withRouting(Map<String, String> changed) {
    return new AskedOptions(labels, to, deliverAt, orderingKey, changed, subject, trace);
  }

  AskedOptions withSubject(String changed) {
    return new AskedOptions(labels, to, deliverAt, orderingKey, routing, changed, trace);
  }

  AskedOptions withTrace(@Nullable TraceContext changed) {
    return new AskedOptions(labels, to, deliverAt, orderingKey, routing, subject, changed);
  }

  AskedOptions withState(String state) {
    return trace == null ? this : withTrace(trace.withState(state));
  }

  /** Leaves out the subject, which must not be shown. */
  @Override
  public String toString() {
    return "AskedOptions[labels=" + labels + ", to=" + to + ", deliverAt=" + deliverAt + "]";
  }
}
