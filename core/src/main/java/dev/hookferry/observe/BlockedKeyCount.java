package dev.hookferry.observe;

/**
 * The blocked ordering keys of a site.
 *
 * @param keys the number of blocked keys, up to 10,000
 * @param waiting the number of deliveries waiting behind them, counted up to {@value
 *     dev.hookferry.delivery.BlockedKey#MAX_WAITING} for each key
 */
public record BlockedKeyCount(int keys, long waiting) {}
