package dev.hookferry.app.migration;

import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.migration.ImportReport.Kind;
import dev.hookferry.app.migration.ImportReport.Result;
import dev.hookferry.app.migration.SiteImport.Place;
import dev.hookferry.id.SiteId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies an import plan through the HTTP API of a server. Repeatable; blocks for many calls. */
public final class ImportRun {
  private final ApiClient client;
  private final ImportChoices choices;

  /** Creates a run against the server of this client. */
  public ImportRun(ApiClient client, ImportChoices choices) {
    this.client = Objects.requireNonNull(client, "client");
    this.choices = Objects.requireNonNull(choices, "choices");
  }

  /**
   * Creates and updates everything in the plan. Refused items are reported, and the run continues;
   * if the server fails, the run stops and the report says so.
   */
  public ImportReport apply(ImportPlan plan) {
    Objects.requireNonNull(plan, "plan");
    ImportReport report = new ImportReport(plan.sender(), choices.dryRun());
    plan.notes().forEach(report::note);
    TargetServer server = new TargetServer(client, choices.dryRun());
    try {
      apply(plan, server, report);
    } catch (ApiException e) {
      report.stop(String.valueOf(e.getMessage()));
    }
    return report;
  }

  private void apply(ImportPlan plan, TargetServer server, ImportReport report) {
    TypeImport types = new TypeImport(server, report, choices);
    EndpointImport endpoints = new EndpointImport(server, report, choices);
    SiteImport sites = new SiteImport(server, report);
    types.run(SiteId.DEFAULT.value(), false, plan.sharedTypes());
    for (PlannedSite site : plan.sites()) {
      Place place = place(sites, site, report);
      if (place == null) {
        continue;
      }
      boolean isOnlyPlanned = place.isNew() && server.isDryRun();
      types.run(place.site(), isOnlyPlanned, site.types());
      endpoints.run(place.site(), isOnlyPlanned, site.endpoints());
    }
  }

  private static @Nullable Place place(SiteImport sites, PlannedSite site, ImportReport report) {
    try {
      return sites.run(site);
    } catch (ApiException e) {
      if (!TargetServer.isRefusal(e)) {
        throw e;
      }
      report.add(Kind.SITE, site.label(), Result.FAILED, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
