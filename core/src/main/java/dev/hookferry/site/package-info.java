/** Sites (tenants) and their settings, by QLM's names and by ours. */
@NullMarked
package dev.hookferry.site;

import org.jspecify.annotations.NullMarked;
