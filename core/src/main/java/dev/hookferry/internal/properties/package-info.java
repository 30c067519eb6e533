/**
 * QLM's flat view of a site: reading it, and translating changes to it into changes of settings and
 * endpoints. The names of its settings are in {@code site}.
 */
@NullMarked
package dev.hookferry.internal.properties;

import org.jspecify.annotations.NullMarked;
