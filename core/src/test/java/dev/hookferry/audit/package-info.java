/** Joins what clients, receivers and the store's log say, and objects where they do not agree. */
@NullMarked
package dev.hookferry.audit;

import org.jspecify.annotations.NullMarked;
