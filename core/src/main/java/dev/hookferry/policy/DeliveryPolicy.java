package dev.hookferry.policy;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The effective delivery settings of one endpoint, each with its origin: the endpoint's own setting
 * if it has one, else its site's, else the server's. The server's concurrency also caps the others.
 * The engine follows the same rules. Immutable.
 *
 * @param retry when failed deliveries are retried
 * @param timeout the time limit of an attempt
 * @param rate the maximum rate of requests; empty if there is no limit
 * @param concurrency the maximum number of requests in flight, on each node
 * @param egress the name of the egress used for connections; empty if they are direct
 */
public record DeliveryPolicy(
    PolicyValue<RetrySettings> retry,
    PolicyValue<Duration> timeout,
    PolicyValue<Optional<SendRate>> rate,
    PolicyValue<Integer> concurrency,
    PolicyValue<Optional<String>> egress) {
  public DeliveryPolicy {
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(concurrency, "concurrency");
    Objects.requireNonNull(egress, "egress");
  }

  /** Returns the policy of an endpoint of this site. */
  public static DeliveryPolicy of(Site site, Endpoint endpoint, ServerPolicy server) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(server, "server");
    return new DeliveryPolicy(
        retry(site, endpoint),
        timeout(site, endpoint, server),
        rate(site, endpoint),
        concurrency(site, endpoint, server.concurrency()),
        egress(site, endpoint, server));
  }

  /** Returns when failed deliveries are retried. */
  public static PolicyValue<RetrySettings> retry(Site site, Endpoint endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    RetrySettings own = endpoint.retry();
    return own == null
        ? new PolicyValue<>(site.settings().retry(), PolicyOrigin.SITE)
        : new PolicyValue<>(own, PolicyOrigin.ENDPOINT);
  }

  /** Returns the time limit of an attempt. */
  public static PolicyValue<Duration> timeout(Site site, Endpoint endpoint, ServerPolicy server) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(server, "server");
    Duration own = endpoint.timeout();
    if (own != null) {
      return new PolicyValue<>(own, PolicyOrigin.ENDPOINT);
    }
    Duration ofSite = site.settings().timeout();
    return ofSite == null
        ? new PolicyValue<>(server.timeout(), PolicyOrigin.SERVER)
        : new PolicyValue<>(ofSite, PolicyOrigin.SITE);
  }

  /** Returns the maximum rate of requests; empty if there is no limit. */
  public static PolicyValue<Optional<SendRate>> rate(Site site, Endpoint endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    SendRate own = limits(endpoint).rate();
    if (own != null) {
      return new PolicyValue<>(Optional.of(own), PolicyOrigin.ENDPOINT);
    }
    SendRate ofSite = site.settings().limits().rate();
    return new PolicyValue<>(
        Optional.ofNullable(ofSite), ofSite == null ? PolicyOrigin.SERVER : PolicyOrigin.SITE);
  }

  /**
   * Returns the maximum number of requests in flight, on each node.
   *
   * @param max the server's maximum, which caps the other settings
   */
  public static PolicyValue<Integer> concurrency(Site site, Endpoint endpoint, int max) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Integer own = limits(endpoint).concurrency();
    Integer ofSite = site.settings().limits().concurrency();
    Integer wanted = own == null ? ofSite : own;
    return wanted == null || wanted >= max
        ? new PolicyValue<>(max, PolicyOrigin.SERVER)
        : new PolicyValue<>(wanted, own == null ? PolicyOrigin.SITE : PolicyOrigin.ENDPOINT);
  }

  /** Returns the name of the egress used for connections; empty if they are direct. */
  public static PolicyValue<Optional<String>> egress(
      Site site, Endpoint endpoint, ServerPolicy server) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(server, "server");
    String own = endpoint.egress();
    if (own != null) {
      return new PolicyValue<>(Optional.of(own), PolicyOrigin.ENDPOINT);
    }
    String ofSite = site.settings().egress();
    return ofSite == null
        ? new PolicyValue<>(Optional.ofNullable(server.egress()), PolicyOrigin.SERVER)
        : new PolicyValue<>(Optional.of(ofSite), PolicyOrigin.SITE);
  }

  private static SendLimits limits(Endpoint endpoint) {
    SendLimits own = endpoint.limits();
    return own == null ? SendLimits.NONE : own;
  }
}
