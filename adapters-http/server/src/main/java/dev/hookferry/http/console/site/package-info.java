/**
 * Pages about a site and the server: settings, keys, portal, audit log, sites, system. Pages about
 * event types and outboxes are in {@code console.catalog} and {@code console.outbox}.
 */
@NullMarked
package dev.hookferry.http.console.site;

import org.jspecify.annotations.NullMarked;
