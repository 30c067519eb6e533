/**
 * Endpoints: which event types a URL receives, with which secrets, headers and retry settings.
 * Whether a URL may be called at all is decided in {@code outbound}.
 */
@NullMarked
package dev.hookferry.endpoint;

import org.jspecify.annotations.NullMarked;
