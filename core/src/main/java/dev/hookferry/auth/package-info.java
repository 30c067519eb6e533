/** Authentication towards receivers: credentials and TLS identities of endpoints. */
@NullMarked
package dev.hookferry.auth;

import org.jspecify.annotations.NullMarked;
