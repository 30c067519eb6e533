/**
 * The outbound guard: strict parsing of target URLs, and the rules on which hosts and addresses may
 * be called. It opens no connections; {@code hookferry-http-client} does.
 */
@NullMarked
package dev.hookferry.outbound;

import org.jspecify.annotations.NullMarked;
