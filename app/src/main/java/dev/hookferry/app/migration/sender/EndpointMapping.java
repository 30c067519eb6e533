package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedEndpoint.Coverage;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.filter.Filter;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Collects the fields of an endpoint as it is read. A setting that Hookferry rejects becomes a
 * note; if requests would be wrong without it, the endpoint is created paused. Not thread-safe.
 */
final class EndpointMapping {
  private static final int MAX_DESCRIPTION = 500;

  private final String subject;
  private final ImportNotes notes;
  private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
  private final HeaderMapping headers = new HeaderMapping();
  private final SigningMapping signing = new SigningMapping();
  private final Set<String> defaults = new HashSet<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private State state = State.ENABLED;
  private Predicate<String> ownLabels = name -> false;

  /**
   * Starts an endpoint.
   *
   * @param site the label of its site
   * @param ownUid its uid in the other system; empty if it has none
   * @param name its display name; empty if it has none
   */
  EndpointMapping(Origin origin, String site, String ownUid, String name, ImportNotes notes) {
    this.notes = notes;
    boolean fits = EndpointFields.UID.kind().allows(ownUid);
    String derived = origin.sender() + "-" + origin.id().replaceFirst("^ep_", "");
    String called = ownUid.isEmpty() ? name : ownUid;
    subject = site + "/" + (called.isEmpty() ? origin.id() : called);
    fields.put("uid", fits ? ownUid : derived.replaceAll("[^A-Za-z0-9_.-]", "-"));
    metadata.put(origin.key(), origin.id());
    if (!fits && !ownUid.isEmpty()) {
      note(Kind.NO_COUNTERPART, "its uid, which is longer than 64 characters");
    }
  }

  /** Returns its name in notes. */
  String subject() {
    return subject;
  }

  void note(Kind kind, String text) {
    notes.add(kind, subject, text);
  }

  /** Notes that the endpoint must be completed by hand; it is created paused. */
  void incomplete(Kind kind, String text) {
    note(kind, text + "; the endpoint is created paused: complete and resume it");
    state = State.INCOMPLETE;
  }

  void url(String url) {
    fields.put("url", url);
  }

  void description(String description) {
    boolean fits = description.length() <= MAX_DESCRIPTION;
    fields.put("description", fits ? description : description.substring(0, MAX_DESCRIPTION));
    if (!fits) {
      note(Kind.NO_COUNTERPART, "its description after the first 500 characters");
    }
  }

  void disabledIf(boolean isDisabled) {
    if (isDisabled && state == State.ENABLED) {
      state = State.DISABLED;
    }
  }

  /** Marks the endpoint incomplete unless the method is POST, the only one that can be sent. */
  void method(String method) {
    if (!method.equals("POST")) {
      incomplete(Kind.NO_COUNTERPART, "the method " + method + ": requests are sent with POST");
    }
  }

  /** Sets its event types. If some names are not allowed, only a new endpoint gets the others. */
  void types(List<String> names) {
    Set<String> types = new java.util.TreeSet<>();
    for (String name : names) {
      try {
        types.add(new EventTypeFilter(name).pattern());
      } catch (InvalidException e) {
        note(Kind.NO_COUNTERPART, "the event type " + name + ", a name that is not allowed");
        defaults.add("eventTypes");
      }
    }
    types.forEach(fields.putArray("eventTypes")::add);
  }

  /**
   * Sets the labels that events must have.
   *
   * @param own tests whether a label of this name belongs to the other system; others are kept
   */
  void labels(Map<String, String> labels, Predicate<String> own) {
    Problems problems = new Problems();
    PairRules.LABELS.check(problems, "labels", labels);
    if (problems.isEmpty()) {
      labels.forEach(fields.putObject("labels")::put);
      ownLabels = own;
    } else {
      incomplete(Kind.NO_COUNTERPART, "its labels " + labels.keySet() + ", which are not allowed");
    }
  }

  /** Adds notes for programs. */
  void metadata(Map<String, String> values) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      Problems problems = new Problems();
      PairRules.METADATA.check(problems, "metadata", Map.of(value.getKey(), value.getValue()));
      if (problems.isEmpty() && metadata.size() < PairRules.MAX_METADATA) {
        metadata.put(value.getKey(), value.getValue());
      } else {
        note(Kind.NO_COUNTERPART, "its metadata " + value.getKey());
      }
    }
  }

  /** Adds a header, unless its name is not allowed. A receiver may rely on any other. */
  void header(String name, String value) {
    if (!HeaderMapping.isAllowed(name)) {
      headers.keep(name);
      note(Kind.NO_COUNTERPART, "its header " + name + ", whose name is not allowed");
    } else if (!headers.add(name, value)) {
      incomplete(Kind.NO_COUNTERPART, "its header " + name + ", whose value is not allowed");
    }
  }

  /** Adds a header with credentials, whose value is to be masked. */
  void secretHeader(String name, String value) {
    if (!headers.add(name, value)) {
      incomplete(Kind.NO_COUNTERPART, "its credentials in the header " + name + ": not allowed");
    }
    headers.mask(name);
  }

  /** Keeps present custom headers: the other system has none, only one with credentials. */
  void noCustomHeaders() {
    headers.keepCustom();
  }

  /** Sets a field, in the API's form. */
  void field(String name, JsonNode value) {
    fields.set(name, value);
  }

  /** Sets a default for a field that the other system lacks; later runs keep the field. */
  void defaultField(String name, JsonNode value) {
    field(name, value);
    defaults.add(name);
  }

  /** Sets the retries and time limit; later runs keep them unless the settings give them. */
  void sending(SenderSettings settings, RetrySettings retry, Duration timeout) {
    defaultField("retry", JsonForms.retry(settings.retry(retry)));
    defaultField("timeout", JsonForms.timeout(settings.timeout(timeout)));
    writeIf(settings.retry() != null, "retry");
    writeIf(settings.timeout() != null, "timeout");
  }

  private void writeIf(boolean isGiven, String name) {
    if (isGiven) {
      defaults.remove(name);
    }
  }

  /** Marks the endpoint incomplete: the other system does not reveal the header's value. */
  void unreadableHeader(String name) {
    headers.keep(name);
    incomplete(Kind.UNREADABLE, "the value of its header " + name);
  }

  /** Sets the delay before each retry, at least 1 s; without any, there are no retries. */
  void schedule(List<Duration> delays) {
    try {
      fields.set("retry", JsonForms.schedule(delays));
    } catch (InvalidException e) {
      note(Kind.NO_COUNTERPART, "its retries, which take longer than 30 days or are more than 50");
    }
  }

  /** Limits the rate to this many requests in this many seconds; 0 for no limit. */
  void rate(int count, int seconds) {
    if (count > 0 && seconds > 0) {
      ObjectNode limits = JsonForms.rate(count, seconds);
      fields.set("limits", limits);
      if (!JsonForms.isExact(count, seconds)) {
        note(Kind.DIFFERENT, count + " requests in " + seconds + " s become " + limits);
      }
    } else {
      fields.putNull("limits");
    }
  }

  /** Sets the condition on the data of events. */
  void filter(JsonNode condition) {
    try {
      Objects.requireNonNull(Filter.parse(condition.toString()));
      fields.set("filter", condition);
    } catch (InvalidException e) {
      noFilter("its filter: " + e.problems().get(0).reason());
    }
  }

  /** Removes any condition on the data of events. */
  void unfiltered() {
    fields.putNull("filter");
  }

  /** Marks the endpoint incomplete: without this condition, it would get too many events. */
  void noFilter(String text) {
    fields.remove("filter");
    incomplete(Kind.NO_COUNTERPART, text);
  }

  /** Sets how requests are signed. */
  void signature(Signature chosen) {
    signing.use(chosen);
    fields.putArray("signatures").add(JsonForms.signature(chosen));
  }

  /** Sets the signature of a new endpoint; later runs keep the present one. */
  void defaultSignature(Signature chosen) {
    signature(chosen);
    defaults.add("signatures");
  }

  /** Sets the signature; later runs keep the present one unless the settings give one. */
  void signature(SenderSettings settings, Signature usual) {
    defaultSignature(settings.signature(usual));
    writeIf(settings.signature() != null, "signatures");
  }

  /**
   * Sets the secrets. Call it after setting the signature.
   *
   * @param texts oldest first, the current one last
   * @param maxOverlap how long an older secret signs alongside the next
   */
  void secrets(List<String> texts, Duration maxOverlap) {
    signing.secrets(this, texts, maxOverlap);
  }

  /** Makes it sign with a new key pair, if its signature supports that. */
  void keyPair() {
    signing.useKeyPair();
  }

  /** Returns the endpoint; empty if it has no event type that can be imported. */
  Optional<PlannedEndpoint> planned() {
    if (fields.path("eventTypes").isEmpty()) {
      note(Kind.NO_COUNTERPART, "the endpoint: none of its event types can be imported");
      return Optional.empty();
    }
    headers.addTo(fields.putObject("headers"));
    metadata.forEach(fields.putObject("metadata")::put);
    return Optional.of(
        new PlannedEndpoint(
            fields.path("uid").asText(),
            subject,
            fields,
            state,
            signing.secrets(),
            signing.isKeyPair(),
            signing.overlap(),
            headers.handling(),
            new Coverage(defaults, ownLabels)));
  }
}
