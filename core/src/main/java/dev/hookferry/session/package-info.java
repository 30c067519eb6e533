/**
 * Sessions of browsers and one-time codes that every node of a store accepts: tokens, expiry and
 * sealing. Permissions of customers are in {@code portal}, those of operators in {@code access}.
 */
@NullMarked
package dev.hookferry.session;

import org.jspecify.annotations.NullMarked;
