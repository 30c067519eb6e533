package dev.hookferry.internal.endpoint;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.SecretCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Validates an endpoint's request settings and seals their secrets. */
public final class RequestWriter {
  private final SecretCipher cipher;
  private final SiteId site;
  private final EndpointId endpoint;
  private final Function<String, TargetUrl> targets;
  private final Instant now;

  /**
   * Creates a writer.
   *
   * @param targets parses a URL and checks that the outbound policy allows it
   */
  public RequestWriter(
      SecretCipher cipher,
      SiteId site,
      EndpointId endpoint,
      Function<String, TargetUrl> targets,
      Instant now) {
    this.cipher = cipher;
    this.site = site;
    this.endpoint = endpoint;
    this.targets = targets;
    this.now = now;
  }

  /**
   * Returns the settings after a change. If there are problems, the result may be null and must not
   * be used.
   */
  public @Nullable RequestSettings write(
      RequestSettings before, FieldValues given, Problems problems) {
    List<CustomHeader> headers =
        new HeaderWriter(cipher, site, endpoint, before.headers()).write(given, problems);
    EndpointAuth auth =
        new AuthWriter(cipher, site, endpoint, targets).write(before.auth(), given, problems);
    EndpointTls tls =
        new TlsWriter(cipher, site, endpoint, now).write(before.tls(), given, problems);
    Duration timeout = own(given, EndpointFields.TIMEOUT, before.timeout());
    VersionedBody body =
        before.body().changed(own(given, EndpointFields.BODY, before.body().settings()));
    String egress = own(given, EndpointFields.EGRESS, before.egress());
    boolean trace = given.get(EndpointFields.PROPAGATE_TRACE, before.propagateTrace());
    SuccessStatuses statuses = statuses(given, problems, before.successStatuses());
    return problems.collect(
        "", () -> new RequestSettings(headers, timeout, auth, body, tls, egress, trace, statuses));
  }

  private static SuccessStatuses statuses(
      FieldValues given, Problems problems, SuccessStatuses before) {
    List<String> entries = given.get(SuccessStatuses.FIELD);
    if (entries == null) {
      return given.isReset(SuccessStatuses.FIELD) ? SuccessStatuses.DEFAULT : before;
    }
    SuccessStatuses changed = problems.collect("", () -> SuccessStatuses.of(entries));
    return changed == null ? before : changed;
  }

  private static <T> @Nullable T own(FieldValues given, FieldSpec<T> field, @Nullable T before) {
    T value = given.get(field);
    return value != null || given.isReset(field) ? value : before;
  }
}
