/**
 * Sites (tenants) and their settings, under QLM's names and Hookferry's own. {@code store.config}
 * defines their stored form.
 */
@NullMarked
package dev.hookferry.site;

import org.jspecify.annotations.NullMarked;
