package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates an endpoint for each subscription of a Convoy project; all share its settings. */
final class ConvoyEndpoints {
  /** Stands for all event types. */
  private static final String ANY = "*";

  private static final String OWNER = "owner";
  private static final String REDACTED = "[REDACTED]";
  private static final Duration OVERLAP = Duration.ofDays(30);
  private static final Duration MAX_DELAY = Duration.ofHours(2);
  private static final int MAX_DOUBLINGS = 20;
  private static final int DEFAULT_TIMEOUT = 10;

  private final SenderEntry config;
  private final String site;
  private final ImportNotes notes;

  /**
   * Creates a mapping.
   *
   * @param config the settings of the project
   * @param site the name of the project
   */
  ConvoyEndpoints(SenderEntry config, String site, ImportNotes notes) {
    this.config = config;
    this.site = site;
    this.notes = notes;
  }

  /**
   * Returns the endpoint of a subscription.
   *
   * @param filters the filters of the subscription by event type; empty if there are none
   */
  Optional<PlannedEndpoint> planned(
      @Nullable SenderEntry endpoint, SenderEntry subscription, List<SenderEntry> filters) {
    SenderEntry entry = Objects.requireNonNull(endpoint, "endpoint");
    Origin origin = new Origin(ConvoyReader.SENDER, subscription.required("uid"));
    EndpointMapping draft = new EndpointMapping(origin, site, "", subscription.text("name"), notes);
    String description = entry.text("description");
    draft.url(entry.required("url"));
    draft.description(description.isEmpty() ? entry.text("name") : description);
    draft.noCustomHeaders();
    draft.metadata(Map.of("convoy.endpoint", entry.required("uid")));
    String owner = entry.text("owner_id");
    draft.labels(owner.isEmpty() ? Map.of() : Map.of(OWNER, owner), OWNER::equals);
    SenderEntry wanted = subscription.entry("filter_config");
    List<String> types = Objects.requireNonNullElse(wanted.texts("event_types"), List.of(ANY));
    draft.types(types);
    filter(draft, types, filters.isEmpty() ? List.of(wanted.entry("filter")) : filters);
    noteSubscription(draft, subscription);
    noteContent(draft, entry);
    authentication(draft, entry.entry("authentication"));
    draft.rate(entry.whole("rate_limit"), entry.whole("rate_limit_duration"));
    int seconds = entry.whole("http_timeout");
    Duration timeout = Duration.ofSeconds(seconds == 0 ? DEFAULT_TIMEOUT : seconds);
    draft.field("timeout", JsonForms.timeout(timeout));
    draft.schedule(delays(config.entry("strategy")));
    signature(draft, entry.flag("advanced_signatures"));
    draft.secrets(secrets(entry), OVERLAP);
    draft.disabledIf(!entry.required("status").equals("active"));
    return draft.planned();
  }

  private static void noteSubscription(EndpointMapping draft, SenderEntry subscription) {
    if (subscription.has("function")) {
      draft.incomplete(Kind.NO_COUNTERPART, "its function");
    }
    if (subscription.has("rate_limit_config")) {
      SenderEntry rate = subscription.entry("rate_limit_config");
      String text = rate.whole("count") + " in " + rate.whole("duration") + " s";
      draft.note(Kind.NO_COUNTERPART, "the rate limit of the subscription, " + text);
    }
    if (subscription.has("alert_config")) {
      draft.note(Kind.NO_COUNTERPART, "its alerts");
    }
    if (subscription.text("delivery_mode").equals("at_most_once")) {
      draft.note(Kind.DIFFERENT, "it is sent at least once, not at most once");
    }
  }

  private static void noteContent(EndpointMapping draft, SenderEntry entry) {
    String content = entry.text("content_type");
    if (!content.isEmpty() && !content.equals("application/json")) {
      draft.incomplete(Kind.NO_COUNTERPART, "the content type " + content + ": JSON is sent");
    }
    if (entry.has("mtls_client_cert")) {
      draft.incomplete(Kind.UNREADABLE, "its client certificate");
    }
    if (entry.has("support_email") || entry.has("slack_webhook_url")) {
      draft.note(Kind.NO_COUNTERPART, "its contacts");
    }
  }

  /** Maps filters: Convoy applies that of the event's type, else that of all types, else none. */
  private static void filter(EndpointMapping draft, List<String> types, List<SenderEntry> filters) {
    Map<String, SenderEntry> byType = new HashMap<>();
    for (SenderEntry filter : filters) {
      String type = filter.text("event_type");
      byType.put(type.isEmpty() ? ANY : type, filter);
    }
    Set<String> wanted = new HashSet<>(types);
    if (types.isEmpty() || types.contains(ANY)) {
      wanted.addAll(byType.keySet());
      wanted.add(ANY);
    }
    Set<JsonNode> bodies = new HashSet<>();
    for (String type : wanted) {
      SenderEntry filter = byType.getOrDefault(type, byType.get(ANY));
      if (filter == null) {
        bodies.add(JsonNodeFactory.instance.objectNode());
      } else if (filter.has("headers") || filter.has("query") || filter.has("path")) {
        draft.noFilter("its filter, which is about headers, query or path");
        return;
      } else {
        bodies.add(filter.entry(filter.has("raw_body") ? "raw_body" : "body").json());
      }
    }
    if (bodies.size() > 1) {
      draft.noFilter("its filters, which differ by event type");
    } else {
      draft.unfiltered();
      bodies.stream().filter(body -> !body.isEmpty()).forEach(draft::filter);
    }
  }

  private static void authentication(EndpointMapping draft, SenderEntry authentication) {
    switch (authentication.text("type")) {
      case "" -> {}
      case "api_key" -> {
        SenderEntry key = authentication.entry("api_key");
        credential(draft, key.required("header_name"), key.text("header_value"), "");
      }
      case "basic_auth" -> {
        SenderEntry basic = authentication.entry("basic_auth");
        credential(draft, "Authorization", basic.text("password"), basic.text("username"));
      }
      case "oauth2" -> oauth2(draft, authentication.entry("oauth2"));
      default ->
          draft.incomplete(
              Kind.NO_COUNTERPART, "its authentication by " + authentication.text("type"));
    }
  }

  private static boolean isHidden(String value) {
    return value.isEmpty() || value.equals(REDACTED);
  }

  private static void oauth2(EndpointMapping draft, SenderEntry given) {
    String secret = given.text("client_secret");
    boolean isShared = given.text("authentication_type").equals("shared_secret");
    if (!isShared || isHidden(secret)) {
      draft.incomplete(Kind.UNREADABLE, "its OAuth 2.0 client");
      return;
    }
    ObjectNode auth = JsonNodeFactory.instance.objectNode();
    ObjectNode client = auth.putObject("oauth2");
    client.put("tokenUrl", given.required("url")).put("clientId", given.required("client_id"));
    client.put("clientSecret", secret).put("style", "post");
    for (String optional : List.of("scope", "audience")) {
      if (given.has(optional)) {
        client.put(optional, given.text(optional));
      }
    }
    draft.field("auth", auth);
    draft.note(Kind.DIFFERENT, "its OAuth 2.0 client secret is sent in the body of the request");
  }

  private static void credential(EndpointMapping draft, String header, String value, String user) {
    if (isHidden(value)) {
      draft.unreadableHeader(header);
    } else if (user.isEmpty()) {
      draft.secretHeader(header, value);
    } else {
      byte[] pair = (user + ":" + value).getBytes(StandardCharsets.UTF_8);
      draft.secretHeader(header, "Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** Returns retry delays. Convoy counts attempts, and caps exponential delays at two hours. */
  static List<Duration> delays(SenderEntry strategy) {
    boolean isExponential = strategy.text("type").equals("exponential");
    Duration first = Duration.ofSeconds(Math.max(1, strategy.whole("duration")));
    List<Duration> delays = new ArrayList<>();
    // One more than allowed, so that an excess is noted.
    int count = Math.min(strategy.whole("retry_count") - 1, RetrySettings.MAX_STEPS + 1);
    for (int i = 0; i < count; i++) {
      Duration grown = first.multipliedBy(1L << Math.min(i, MAX_DOUBLINGS));
      Duration bounded = grown.compareTo(MAX_DELAY) < 0 ? grown : MAX_DELAY;
      delays.add(isExponential ? bounded : first);
    }
    return delays;
  }

  private void signature(EndpointMapping draft, boolean isAdvanced) {
    SenderEntry settings = config.entry("signature");
    List<String> versions = new ArrayList<>();
    for (SenderEntry version : settings.entries("versions")) {
      versions.add(
          version.required("hash").toLowerCase(Locale.ROOT)
              + "-"
              + version.required("encoding").toLowerCase(Locale.ROOT));
    }
    Signature signature = Signature.of(SignatureProfile.CONVOY);
    try {
      signature = signature.with("mode", isAdvanced ? "advanced" : "simple");
      if (settings.has("header")) {
        signature = signature.with("header", settings.text("header"));
      }
      if (!versions.isEmpty()) {
        signature = signature.with("versions", String.join(",", versions));
      }
    } catch (InvalidException e) {
      draft.incomplete(Kind.NO_COUNTERPART, "its signature: " + e.problems().get(0).reason());
      draft.defaultSignature(signature);
      return;
    }
    draft.signature(signature);
  }

  /** Returns the secrets that sign: an old one does until it is deleted, even if it has expired. */
  private static List<String> secrets(SenderEntry entry) {
    return entry.entries("secrets").stream()
        .filter(secret -> !secret.has("deleted_at"))
        .map(secret -> secret.required("value"))
        .toList();
  }
}
