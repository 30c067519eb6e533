/**
 * Facade of the customer portal: links, sessions, and what a session may see and do. Its pages and
 * JSON API are in {@code hookferry-http-server}.
 */
@NullMarked
package dev.hookferry.portal;

import org.jspecify.annotations.NullMarked;
