package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: who changed what, and what people have noted about failures. Thread-safe; calls
 * block on the store.
 */
public final class AuditTrail {
  private static final Pattern CAUSE = Pattern.compile("[a-z0-9_]{1,64}");
  private static final Duration LONGEST_MUTE = Duration.ofDays(90);

  private final CoreServices services;

  AuditTrail(CoreServices parts) {
    this.services = parts;
  }

  /**
   * Returns entries of the audit log, newest first. Entries of a removed site remain available.
   *
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Page<AuditEntry> list(AuditQuery query) {
    return services.store().audit().entries(Objects.requireNonNull(query, "query"));
  }

  /**
   * Appends an entry about something that the actor has done through a facade above this one.
   *
   * @param target what it was done to: 1 to 128 characters
   * @throws dev.hookferry.store.UnknownOutcomeException if the store fails
   */
  public void note(AuditAction action, SiteId site, String target) {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(target, "target");
    services.notes().done(action, site, target, List.of());
  }

  /**
   * Notes that the caller knows of the failures of an endpoint. Changes nothing else.
   *
   * @param cause the outcome of the failed attempts: a status code, or the code of an {@link
   *     dev.hookferry.delivery.OutcomeKind}; 1 to 64 characters of {@code a-z0-9_}
   * @throws InvalidException if the cause is malformed
   * @throws dev.hookferry.refusal.NotFoundException if there is no such endpoint
   */
  public void acknowledgeProblem(SiteId site, EndpointId endpoint, String cause) {
    requireBoth(site, endpoint);
    if (!CAUSE.matcher(Objects.requireNonNull(cause, "cause")).matches()) {
      throw InvalidException.of("cause", "must be a status code or an outcome, such as timeout");
    }
    note(AuditAction.PROBLEM_ACKNOWLEDGED, site, endpoint, new FieldChange("cause", null, cause));
  }

  /**
   * Notes that the failures of an endpoint are not to be shown among the problems until a time.
   *
   * @param until in the future, at most 90 days ahead; null to show them again
   * @throws InvalidException if the time is out of bounds
   * @throws dev.hookferry.refusal.NotFoundException if there is no such endpoint
   */
  public void muteProblems(SiteId site, EndpointId endpoint, @Nullable Instant until) {
    requireBoth(site, endpoint);
    if (until == null) {
      note(AuditAction.PROBLEM_UNMUTED, site, endpoint);
      return;
    }
    Instant now = services.clock().instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE))) {
      throw InvalidException.of("until", "must be within the next 90 days");
    }
    String at = until.truncatedTo(ChronoUnit.SECONDS).toString();
    note(AuditAction.PROBLEM_MUTED, site, endpoint, new FieldChange("until", null, at));
  }

  private static void requireBoth(SiteId site, EndpointId endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
  }

  private void note(AuditAction action, SiteId site, EndpointId endpoint, FieldChange... changes) {
    services.configHolder().endpoint(site, endpoint);
    services.notes().done(action, site, endpoint.toString(), List.of(changes));
  }
}
