package dev.hookferry.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Delivery settings, bound from the properties {@code hookferry.*} alongside those of {@link
 * HookferryProperties}.
 *
 * @param noDelivery whether to accept and show events but send nothing, as for a restored copy
 * @param attemptTimeout time limit of one attempt, 100 ms to 30 s
 * @param drainTimeout how long a shutdown waits for in-flight requests
 * @param blockedKeyAlert how long an ordering key may be blocked before that is reported, 1 minute
 *     to 30 days
 * @param disableFailingAfter how long all attempts to an endpoint may fail before it is disabled, 2
 *     to 30 days; 0 for never
 */
@ConfigurationProperties("hookferry")
public record HookferryDeliveryProperties(
    @DefaultValue("false") boolean noDelivery,
    @DefaultValue("15s") Duration attemptTimeout,
    @DefaultValue("20s") Duration drainTimeout,
    @DefaultValue("1h") Duration blockedKeyAlert,
    @DefaultValue("0") Duration disableFailingAfter) {
  private static final Duration MIN_ALERT = Duration.ofMinutes(1);
  private static final Duration MAX_ALERT = Duration.ofDays(30);

  /**
   * Checks the ranges that the builder does not check.
   *
   * @throws IllegalArgumentException if {@code blockedKeyAlert} is out of range
   */
  public HookferryDeliveryProperties {
    if (blockedKeyAlert.compareTo(MIN_ALERT) < 0 || blockedKeyAlert.compareTo(MAX_ALERT) > 0) {
      throw new IllegalArgumentException(
          "hookferry.blocked-key-alert must be 1m to 30d (got " + blockedKeyAlert + ")");
    }
  }
}
