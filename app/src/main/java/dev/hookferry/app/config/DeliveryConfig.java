package dev.hookferry.app.config;

import dev.hookferry.observe.LoadLimits;
import java.time.Duration;

/**
 * How deliveries are worked on.
 *
 * @param node what this process is called; empty for host/process id/random
 * @param ownerTimeout how long another node may be silent
 * @param attemptTimeout how long one attempt may take in all
 * @param stopGrace how long a stop waits for what is under way
 * @param retention how long events and their log are kept
 * @param auditRetention how long the audit log is kept
 * @param noDelivery whether nothing is sent
 * @param limits the bounds of what is held in memory
 */
public record DeliveryConfig(
    String node,
    Duration ownerTimeout,
    Duration attemptTimeout,
    Duration stopGrace,
    RetentionConfig retention,
    RetentionConfig auditRetention,
    boolean noDelivery,
    LoadLimits limits) {}
