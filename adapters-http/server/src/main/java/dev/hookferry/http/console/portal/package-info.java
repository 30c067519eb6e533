/**
 * The pages of the customer's portal. Its JSON calls are in {@code http.portal}; what a session may
 * see and do is decided in {@code dev.hookferry.portal}.
 */
@NullMarked
package dev.hookferry.http.console.portal;

import org.jspecify.annotations.NullMarked;
