package dev.hookferry.app.migration;

import java.util.List;
import java.util.Objects;

/**
 * Contents of another system, in Hookferry's terms.
 *
 * @param sender the name of the other system, such as {@code svix}
 * @param sharedTypes event types common to all sites, declared at the site {@code default}
 * @param sites the sites with their endpoints
 * @param notes what could not be imported unchanged
 */
public record ImportPlan(
    String sender, List<PlannedType> sharedTypes, List<PlannedSite> sites, List<ImportNote> notes) {
  public ImportPlan {
    Objects.requireNonNull(sender, "sender");
    sharedTypes = List.copyOf(sharedTypes);
    sites = List.copyOf(sites);
    notes = List.copyOf(notes);
  }
}
