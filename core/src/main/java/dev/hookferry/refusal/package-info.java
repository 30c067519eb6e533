/**
 * Refusals of requests. Each names the offending field and the fix, and nothing was changed. Store
 * failures are in {@code store}, and receiver failures in {@code delivery}.
 */
@NullMarked
package dev.hookferry.refusal;

import org.jspecify.annotations.NullMarked;
