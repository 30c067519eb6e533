package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.migration.ImportReport.Kind;
import dev.hookferry.app.migration.ImportReport.Result;
import dev.hookferry.event.PairRules;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.SiteFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates and updates sites, each found by the other system's id or by its uid. A site that was
 * imported from another id does not match, even if its uid does: two environments of one system may
 * use the same uids, and their customers and endpoints must not be mixed.
 */
final class SiteImport {
  private static final String SITES = "sites";
  private static final int MAX_NAME = 256;

  private final TargetServer server;
  private final ImportReport report;
  private final List<JsonNode> existing;

  SiteImport(TargetServer server, ImportReport report) {
    this.server = server;
    this.report = report;
    existing = new ArrayList<>(server.all(Path.of(SITES)));
  }

  /**
   * A site of the server.
   *
   * @param isNew whether this run created it, or would have without the dry run
   */
  record Place(String site, boolean isNew) {}

  /** Imports a site without its endpoints and event types. */
  Place run(PlannedSite planned) {
    JsonNode before = find(planned);
    boolean isNew = before.isMissingNode();
    String site = isNew ? freeId(planned) : before.path("id").asText();
    ObjectNode profile = profile(planned, site);
    List<String> changes = new ArrayList<>();
    if (isNew) {
      profile.put("id", site);
      server.post(Path.of(SITES), profile);
      existing.add(profile);
    } else {
      changes.addAll(changeProfile(site, before, profile));
    }
    changes.addAll(changeSettings(site, isNew, planned));
    if (isNew) {
      report.add(Kind.SITE, site, Result.CREATED, "");
    } else {
      report.present(Kind.SITE, site, changes);
    }
    return new Place(site, isNew);
  }

  private JsonNode find(PlannedSite planned) {
    String key = planned.origin().key();
    for (JsonNode site : existing) {
      if (site.path("metadata").path(key).asText("").equals(planned.origin().id())) {
        return site;
      }
    }
    JsonNode sameUid = findByUid(planned);
    return sameUid.path("metadata").has(key) ? MissingNode.getInstance() : sameUid;
  }

  /** Returns the site that has the uid; a missing node if there is none. */
  private JsonNode findByUid(PlannedSite planned) {
    for (JsonNode site : existing) {
      if (planned.uid() != null && site.path("uid").asText("").equals(planned.uid())) {
        return site;
      }
    }
    return MissingNode.getInstance();
  }

  /** Returns an unused id; never {@code default}, since that site must keep its settings. */
  private String freeId(PlannedSite planned) {
    String id = SiteNames.of(planned);
    boolean isTaken =
        id.equals(SiteId.DEFAULT.value())
            || existing.stream().anyMatch(site -> site.path("id").asText().equals(id));
    return isTaken ? SiteNames.unique(id, planned.origin()) : id;
  }

  private ObjectNode profile(PlannedSite planned, String site) {
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    String name = planned.name();
    if (!name.isEmpty()) {
      profile.put("name", name.substring(0, Math.min(MAX_NAME, name.length())));
    }
    if (planned.uid() != null) {
      String other = findByUid(planned).path("id").asText(site);
      if (!other.equals(site)) {
        note(planned, "its uid, which the site " + other + " has, imported from another id");
      } else if (SiteFields.UID.kind().allows(planned.uid())) {
        profile.put("uid", planned.uid());
      } else {
        note(planned, "its uid, which has characters that are not allowed");
      }
    }
    metadata(planned).forEach(profile.putObject("metadata")::put);
    return profile;
  }

  private void note(PlannedSite planned, String text) {
    report.note(new ImportNote(ImportNote.Kind.NO_COUNTERPART, planned.label(), text));
  }

  private Map<String, String> metadata(PlannedSite planned) {
    Map<String, String> all = new HashMap<>();
    planned
        .metadata()
        .forEach(
            (name, value) -> {
              Problems problems = new Problems();
              PairRules.METADATA.check(problems, "metadata", Map.of(name, value));
              if (problems.isEmpty() && all.size() < PairRules.MAX_METADATA - 1) {
                all.put(name, value);
              } else {
                note(planned, "its metadata " + name);
              }
            });
    all.put(planned.origin().key(), planned.origin().id());
    return all;
  }

  private List<String> changeProfile(String site, JsonNode before, ObjectNode profile) {
    ObjectNode changes = FieldChanges.between(before, profile);
    Map<String, String> metadata = new HashMap<>();
    profile
        .path("metadata")
        .properties()
        .forEach(pair -> metadata.put(pair.getKey(), pair.getValue().asText()));
    FieldChanges.addMetadata(changes, before, metadata);
    if (!changes.isEmpty()) {
      server.patch(Path.of(SITES, site), changes);
    }
    return FieldChanges.names(changes);
  }

  /** Changes settings so that payloads are sent as published and undeclared types accepted. */
  private List<String> changeSettings(String site, boolean isNew, PlannedSite planned) {
    ObjectNode wanted =
        JsonNodeFactory.instance
            .objectNode()
            .put("envelope", "raw")
            .put("hideQlmEventTypes", true)
            .put("openCatalog", true);
    if (planned.rate() != null) {
      wanted.put("endpointRate", planned.rate());
    }
    JsonNode before =
        isNew && server.isDryRun()
            ? MissingNode.getInstance()
            : server.get(Path.ofSite(site, "settings"));
    ObjectNode changes = FieldChanges.between(before, wanted);
    if (!changes.isEmpty()) {
      server.patch(Path.ofSite(site, "settings"), changes);
    }
    return FieldChanges.names(changes);
  }
}
