/**
 * Sites (tenants) and their settings, by QLM's names and by ours. {@code store.config} writes them
 * to stores.
 */
@NullMarked
package dev.hookferry.site;

import org.jspecify.annotations.NullMarked;
