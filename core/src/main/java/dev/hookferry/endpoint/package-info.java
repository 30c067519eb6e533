/**
 * Endpoints: which event types a URL receives, with which secrets, headers and retry settings.
 * {@code outbound} decides whether a URL may be called at all.
 */
@NullMarked
package dev.hookferry.endpoint;

import org.jspecify.annotations.NullMarked;
