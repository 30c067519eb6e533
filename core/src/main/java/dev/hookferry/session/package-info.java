/**
 * Browser sessions and one-time codes that every node of a store accepts: tokens, expiry and
 * sealing. Customers' permissions are in {@code portal}, and operators' in {@code access}.
 */
@NullMarked
package dev.hookferry.session;

import org.jspecify.annotations.NullMarked;
