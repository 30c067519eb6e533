/**
 * Takes sites, event types and endpoints over from another sender: the plan, its application, the
 * report. Other senders' APIs are read in {@code app.migration.sender}.
 */
@NullMarked
package dev.hookferry.app.migration;

import org.jspecify.annotations.NullMarked;
