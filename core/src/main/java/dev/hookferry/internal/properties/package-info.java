/** QLM's flat view of a site: read, and planned as changes of settings and endpoints. */
@NullMarked
package dev.hookferry.internal.properties;

import org.jspecify.annotations.NullMarked;
