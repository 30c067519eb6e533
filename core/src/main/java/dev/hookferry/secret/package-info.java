/** Secrets at rest: master keys, sealed texts, and what keeps secrets out of the log. */
@NullMarked
package dev.hookferry.secret;

import org.jspecify.annotations.NullMarked;
