package dev.hookferry.app.config;

import dev.hookferry.observe.LoadLimits;
import java.time.Duration;

/**
 * Delivery settings of a node.
 *
 * @param node the node's name; empty for host/process id/random
 * @param ownerTimeout how long another node may be silent before its deliveries are taken over
 * @param attemptTimeout the time limit of one attempt
 * @param stopGrace how long a stop waits for requests in flight
 * @param retention how long events and their log are kept
 * @param auditRetention how long the audit log is kept
 * @param blockedKeyAlert how long an ordering key may be blocked before an alert is raised
 * @param disableFailingAfter how long endpoints may fail before they are disabled; zero to never
 *     disable them
 * @param noDelivery whether sending is turned off
 * @param limits the limits on memory and concurrency
 */
public record DeliveryConfig(
    String node,
    Duration ownerTimeout,
    Duration attemptTimeout,
    Duration stopGrace,
    RetentionConfig retention,
    RetentionConfig auditRetention,
    Duration blockedKeyAlert,
    Duration disableFailingAfter,
    boolean noDelivery,
    LoadLimits limits) {}
