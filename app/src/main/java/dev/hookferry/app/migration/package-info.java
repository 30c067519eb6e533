/**
 * Imports of sites, event types and endpoints from another sender: plan, application and report.
 * Other senders' APIs are read in {@code app.migration.sender}.
 */
@NullMarked
package dev.hookferry.app.migration;

import org.jspecify.annotations.NullMarked;
