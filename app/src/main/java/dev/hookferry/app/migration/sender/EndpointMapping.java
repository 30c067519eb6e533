package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedEndpoint.HeaderCare;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.filter.Filter;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint while it is read. What does not fit our rules becomes a note; if requests would be
 * wrong without it, the endpoint is to be created paused. Not thread-safe.
 */
final class EndpointMapping {
  private static final int MAX_DESCRIPTION = 500;

  private final String subject;
  private final ImportNotes notes;
  private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private final Set<String> secretHeaders = new HashSet<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private List<String> secrets = List.of();
  private boolean isKeyPair;
  private Duration overlap = Duration.ofDays(1);
  private State state = State.ENABLED;
  private boolean hasTypes;
  private @Nullable Signature signature;

  /**
   * Begins an endpoint.
   *
   * @param site the label of its site
   * @param ownUid its external name in the other system; empty if it has none
   * @param name what people call it; empty if it has no name
   */
  EndpointMapping(Origin origin, String site, String ownUid, String name, ImportNotes notes) {
    this.notes = notes;
    boolean fits = EndpointFields.UID.kind().allows(ownUid);
    String derived = origin.sender() + "-" + origin.id().replaceFirst("^ep_", "");
    String called = ownUid.isEmpty() ? name : ownUid;
    subject = site + "/" + (called.isEmpty() ? origin.id() : called);
    fields.put("uid", fits ? ownUid : derived.replaceAll("[^A-Za-z0-9_.-]", "-"));
    metadata.put(origin.key(), origin.id());
    fields.putNull("limits").putNull("filter");
    labels(Map.of());
    if (!fits && !ownUid.isEmpty()) {
      note(Kind.NO_COUNTERPART, "its uid, which is longer than 64 characters");
    }
  }

  /** Returns what to call it in notes. */
  String subject() {
    return subject;
  }

  void note(Kind kind, String text) {
    notes.add(kind, subject, text);
  }

  /** Notes that the endpoint cannot work before someone has completed it. */
  void incomplete(Kind kind, String text) {
    note(kind, text + "; the endpoint is created paused: complete and resume it");
    state = State.INCOMPLETE;
  }

  /** Sets its URL and description. */
  void target(String url, String description) {
    fields.put("url", url);
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

  /** Notes that only POST requests can be sent. */
  void method(String method) {
    if (!method.equals("POST")) {
      incomplete(Kind.NO_COUNTERPART, "the method " + method + ": requests are sent with POST");
    }
  }

  /** Sets its event types, leaving out names that no type can have. */
  void types(List<String> names) {
    Set<String> types = new java.util.TreeSet<>();
    for (String name : names) {
      try {
        types.add(new EventTypeFilter(name).pattern());
      } catch (InvalidException e) {
        note(Kind.NO_COUNTERPART, "the event type " + name + ", a name that is not allowed");
      }
    }
    hasTypes = !types.isEmpty();
    types.forEach(fields.putArray("eventTypes")::add);
  }

  /** Sets the labels that events must have. */
  void labels(Map<String, String> labels) {
    Problems problems = new Problems();
    PairRules.LABELS.check(problems, "labels", labels);
    ObjectNode json = fields.putObject("labels");
    if (problems.isEmpty()) {
      labels.forEach(json::put);
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

  /** Adds a header, unless Hookferry reserves its name. */
  void header(String name, String value) {
    Problems problems = new Problems();
    HeaderRules.check(problems, "headers", Map.of(name, value));
    if (problems.isEmpty()) {
      headers.put(name, value);
    } else {
      note(Kind.NO_COUNTERPART, "its header " + name + ", whose name or value is not allowed");
    }
  }

  /** Adds a header whose value is to be masked. */
  void secretHeader(String name, String value) {
    header(name, value);
    if (headers.containsKey(name)) {
      secretHeaders.add(name);
    }
  }

  /** Sets a field in the form of the API. */
  void field(String name, JsonNode value) {
    fields.set(name, value);
  }

  /** Notes a header whose value the other system does not reveal. */
  void unreadableHeader(String name) {
    unreadable.add(name);
    incomplete(Kind.UNREADABLE, "the value of its header " + name);
  }

  void retry(RetrySettings settings) {
    fields.set("retry", JsonForms.retry(settings));
  }

  /** Sets the delay before each retry, each a second at least; without any, it is sent once. */
  void schedule(List<Duration> delays) {
    List<Duration> bounded =
        delays.stream().map(delay -> delay.isZero() ? Duration.ofSeconds(1) : delay).toList();
    try {
      retry(
          bounded.isEmpty()
              ? RetrySettings.of(0, Duration.ofMinutes(1))
              : RetrySettings.schedule(bounded));
    } catch (InvalidException e) {
      note(Kind.NO_COUNTERPART, "its retries, which take longer than 30 days or are more than 50");
    }
  }

  void timeout(Duration longest) {
    fields.set("timeout", JsonForms.timeout(longest));
  }

  /** Limits the rate to this many requests in this many seconds; 0 for no limit. */
  void rate(int count, int seconds) {
    if (count > 0 && seconds > 0) {
      ObjectNode limits = JsonForms.rate(count, seconds);
      fields.set("limits", limits);
      if (!JsonForms.isExact(count, seconds)) {
        note(Kind.DIFFERENT, count + " requests in " + seconds + " s become " + limits);
      }
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

  /** Notes a condition that cannot be imported; without it, the endpoint would get too much. */
  void noFilter(String text) {
    fields.remove("filter");
    incomplete(Kind.NO_COUNTERPART, text);
  }

  /** Sets how requests are signed. */
  void signature(Signature chosen) {
    signature = chosen;
    fields.putArray("signatures").add(JsonForms.signature(chosen));
  }

  /**
   * Sets the secrets. Call it after setting the signature.
   *
   * @param texts oldest first, the current one last
   * @param longest how long an older secret signs beside the next
   */
  void secrets(List<String> texts, Duration longest) {
    overlap = longest;
    List<String> usable = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      boolean isCurrent = i == texts.size() - 1;
      if (isUsable(texts.get(i))) {
        usable.add(texts.get(i));
      } else if (isCurrent) {
        usable.clear();
        incomplete(
            Kind.NO_COUNTERPART,
            "its secret, which is not in the form that "
                + Objects.requireNonNull(signature).profile().code()
                + " needs here; it gets a new one");
      } else {
        note(Kind.NO_COUNTERPART, "an older secret, which is not in the form needed here");
      }
    }
    secrets = List.copyOf(usable);
  }

  /** Lets it sign with a new key pair, where its signature allows that. */
  void keyPair() {
    isKeyPair = Objects.requireNonNull(signature).takesKeyPair();
  }

  private boolean isUsable(String text) {
    try {
      SigningSecret secret = SigningSecret.of(text);
      Optional.ofNullable(signature).ifPresent(own -> own.requireFit(secret));
      return true;
    } catch (InvalidException e) {
      return false;
    }
  }

  /** Returns the endpoint; empty if it has no event type that can be imported. */
  Optional<PlannedEndpoint> planned() {
    if (!hasTypes) {
      note(Kind.NO_COUNTERPART, "the endpoint: none of its event types can be imported");
      return Optional.empty();
    }
    headers.forEach(fields.putObject("headers")::put);
    metadata.forEach(fields.putObject("metadata")::put);
    return Optional.of(
        new PlannedEndpoint(
            fields.path("uid").asText(),
            subject,
            fields,
            state,
            secrets,
            isKeyPair,
            overlap,
            new HeaderCare(unreadable, secretHeaders)));
  }
}
