/**
 * The customer's portal as a facade: links, sessions, and what a session may see and do. Its pages
 * and JSON calls are in {@code hookferry-http-server}.
 */
@NullMarked
package dev.hookferry.portal;

import org.jspecify.annotations.NullMarked;
