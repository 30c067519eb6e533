/**
 * Sessions of browsers and one-time codes that every node of a store accepts: tokens, expiry and
 * sealing. What a session permits is up to those who begin it.
 */
@NullMarked
package dev.hookferry.session;

import org.jspecify.annotations.NullMarked;
