/**
 * The pages of the customer's portal. Its JSON calls are in {@code http.portal}; the access of a
 * session is decided in {@code dev.hookferry.portal}.
 */
@NullMarked
package dev.hookferry.http.console.portal;

import org.jspecify.annotations.NullMarked;
