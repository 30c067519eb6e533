/**
 * The sources of a server's master keys: a configured file, the environment, or a file that the
 * server creates itself. Secrets are sealed with them in {@code dev.hookferry.secret}.
 */
@NullMarked
package dev.hookferry.app.secrets;

import org.jspecify.annotations.NullMarked;
