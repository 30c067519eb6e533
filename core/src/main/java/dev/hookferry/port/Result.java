package dev.hookferry.port;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery that the committing owner owns. Once it is committed, nobody owns the
 * delivery: it is final, or pending until it is claimed again.
 *
 * @param delivery as it is from now on
 * @param attempt the attempt to add to the log, or null if none was made (a cancellation, or a
 *     failure of ours, which postpones the delivery)
 */
public record Result(Delivery delivery, @Nullable Attempt attempt) {}
