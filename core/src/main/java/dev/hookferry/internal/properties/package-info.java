/**
 * QLM's flat view of a site: reads it, and plans a change of it as changes of settings and
 * endpoints. The names of its settings are in {@code site}.
 */
@NullMarked
package dev.hookferry.internal.properties;

import org.jspecify.annotations.NullMarked;
