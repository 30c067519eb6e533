package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.app.migration.PlannedType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Reads WebhookX: workspaces, which become sites, and endpoints with their plugins. */
public final class WebhookxReader implements SenderReader {
  private static final String SENDER = "webhookx";
  private static final String SIGNATURE = "webhookx-signature";
  private static final int MAX_PAGE = 1_000;
  private static final int DEFAULT_TIMEOUT_MILLIS = 10_000;

  @Override
  public ImportPlan read(SenderClient client, SenderSettings settings) {
    ImportNotes notes = new ImportNotes();
    notes.differs("redirects are failures; 301 and 302 were followed without the body");
    notes.differs("a response of 410 disables the endpoint, and Retry-After is honoured");
    notes.differs("deliveries of a disabled endpoint are held and sent when it is resumed");
    notes.differs("requests have a Content-Length; retries send the same bytes");
    notes.differs("requests have a different User-Agent unless --user-agent is given");
    notes.add(Kind.NO_COUNTERPART, "", "sources and their plugins: publish events with a key");
    SenderEntry page = client.get("/workspaces");
    List<SenderEntry> workspaces = page.requiredEntries("data");
    if (page.whole("total") > workspaces.size()) {
      throw new CommandFailure("GET /workspaces: the response does not contain all workspaces");
    }
    List<PlannedSite> sites = new ArrayList<>();
    for (SenderEntry workspace : workspaces) {
      sites.add(site(client, workspace, settings, notes));
    }
    return new ImportPlan(SENDER, List.of(), sites, notes.all());
  }

  /** Returns the entries of all pages; each page contains the path of the next one. */
  private static List<SenderEntry> all(SenderClient client, String first) {
    return client.walk(
        first,
        page -> {
          String next = page.text("next");
          if (!next.isEmpty() && !next.startsWith("/")) {
            throw new CommandFailure("GET " + first + ": next in the response must be a path");
          }
          return new SenderPage(page.requiredEntries("data"), next.isEmpty() ? null : next);
        });
  }

  private static PlannedSite site(
      SenderClient client, SenderEntry workspace, SenderSettings settings, ImportNotes notes) {
    Origin origin = new Origin(SENDER, workspace.required("id"));
    String name = workspace.text("name").isEmpty() ? origin.id() : workspace.text("name");
    String path = "/workspaces/" + SenderClient.escaped(name);
    String limit = "?limit=" + settings.pageSize(MAX_PAGE);
    Map<String, List<SenderEntry>> plugins = new HashMap<>();
    for (SenderEntry plugin : all(client, path + "/plugins" + limit)) {
      if (plugin.flag("enabled")) {
        plugins.computeIfAbsent(plugin.text("endpoint_id"), id -> new ArrayList<>()).add(plugin);
      }
    }
    TreeSet<String> types = new TreeSet<>();
    List<PlannedEndpoint> endpoints = new ArrayList<>();
    for (SenderEntry entry : all(client, path + "/endpoints" + limit)) {
      List<SenderEntry> own = plugins.getOrDefault(entry.required("id"), List.of());
      types.addAll(Objects.requireNonNullElse(entry.texts("events"), List.of()));
      endpoint(entry, own, name, notes).ifPresent(endpoints::add);
    }
    return new PlannedSite(
        origin,
        name,
        null,
        workspace.pairs("metadata"),
        null,
        types.stream().map(PlannedType::named).toList(),
        endpoints);
  }

  private static Optional<PlannedEndpoint> endpoint(
      SenderEntry entry, List<SenderEntry> plugins, String site, ImportNotes notes) {
    Origin origin = new Origin(SENDER, entry.required("id"));
    String name = entry.text("name");
    EndpointMapping draft = new EndpointMapping(origin, site, "", name, notes);
    SenderEntry request = entry.entry("request");
    String description = entry.text("description");
    draft.url(request.required("url"));
    draft.description(description.isEmpty() ? name : description);
    draft.types(Objects.requireNonNullElse(entry.texts("events"), List.of()));
    draft.metadata(entry.pairs("metadata"));
    draft.method(request.required("method"));
    request.pairs("headers").forEach(draft::header);
    int millis = request.whole("timeout");
    Duration timeout = Duration.ofMillis(millis == 0 ? DEFAULT_TIMEOUT_MILLIS : millis);
    draft.field("timeout", JsonForms.timeout(timeout));
    SenderEntry rate = entry.entry("rate_limit");
    draft.rate(rate.whole("quota"), rate.whole("period"));
    retry(draft, entry.entry("retry").entry("config").json().path("attempts"));
    signing(draft, plugins);
    draft.disabledIf(!entry.flag("enabled"));
    return draft.planned();
  }

  /** Sets the retries. The first number is the delay before the first attempt, not a retry. */
  private static void retry(EndpointMapping draft, JsonNode attempts) {
    List<Duration> delays = new ArrayList<>();
    for (int i = 1; i < attempts.size(); i++) {
      delays.add(Duration.ofSeconds(attempts.path(i).asLong()));
    }
    if (attempts.path(0).asLong() > 0) {
      draft.note(Kind.NO_COUNTERPART, "the delay before its first attempt");
    }
    draft.schedule(delays);
  }

  private static void signing(EndpointMapping draft, List<SenderEntry> plugins) {
    boolean isSigned = false;
    for (SenderEntry plugin : plugins) {
      String name = plugin.required("name");
      if (name.equals(SIGNATURE) && !isSigned) {
        isSigned = true;
        draft.signature(Signature.of(SignatureProfile.WEBHOOKX));
        secret(draft, plugin.entry("config").required("signing_secret"));
      } else {
        draft.incomplete(Kind.NO_COUNTERPART, "its plugin " + name);
      }
    }
    if (!isSigned) {
      draft.defaultSignature(Signature.of(SignatureProfile.STANDARD));
      draft.note(
          Kind.DIFFERENT, "requests were not signed and now have an additional webhook-signature");
    }
  }

  private static void secret(EndpointMapping draft, String text) {
    if (text.startsWith("{secret://")) {
      draft.incomplete(Kind.UNREADABLE, "its secret, which is in a secret store");
    } else {
      draft.secrets(List.of(text), Duration.ofDays(1));
    }
  }
}
