package dev.hookferry.app.migration;

import org.jspecify.annotations.Nullable;

/**
 * Options for applying an import plan.
 *
 * @param dryRun whether nothing is to be written
 * @param overwriteSecrets whether secret headers and credentials are written again, although they
 *     may be the same
 * @param policy the treatment of data that violates a schema: off, warn or block; null keeps the
 *     policy of a type that exists, and is off for a new one
 * @param userAgent the {@code User-Agent} of endpoints that do not set one; null for Hookferry's
 */
public record ImportChoices(
    boolean dryRun,
    boolean overwriteSecrets,
    @Nullable String policy,
    @Nullable String userAgent) {}
