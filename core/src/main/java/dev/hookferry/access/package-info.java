/**
 * API keys and the permissions that they grant. Browser sessions are in {@code session}, keys that
 * sign requests in {@code signing}.
 */
@NullMarked
package dev.hookferry.access;

import org.jspecify.annotations.NullMarked;
