/**
 * Authentication to receivers: credentials and TLS identities of endpoints. Callers of Hookferry
 * authenticate through {@code access}.
 */
@NullMarked
package dev.hookferry.auth;

import org.jspecify.annotations.NullMarked;
