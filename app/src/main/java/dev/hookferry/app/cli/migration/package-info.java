/**
 * Commands that import sites, event types and endpoints from another sender. The import itself is
 * in {@code app.migration}; Hookferry's own stores are copied in {@code app.cli.server}.
 */
@NullMarked
package dev.hookferry.app.cli.migration;

import org.jspecify.annotations.NullMarked;
