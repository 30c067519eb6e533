/**
 * The outbound guard: strict parsing of target URLs, and the rules on which hosts and addresses may
 * be called. Opens no connection; {@code hookferry-http-client} does.
 */
@NullMarked
package dev.hookferry.outbound;

import org.jspecify.annotations.NullMarked;
