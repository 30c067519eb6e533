/**
 * Takes sites, event types and endpoints over from another sender: the plan, its application, the
 * report.
 */
@NullMarked
package dev.hookferry.app.migration;

import org.jspecify.annotations.NullMarked;
