/**
 * The customer's portal as a facade: links, sessions, and what a session may see and do. Knows no
 * pages.
 */
@NullMarked
package dev.hookferry.portal;

import org.jspecify.annotations.NullMarked;
