/**
 * Every id type, event type names, and the generation of time-ordered ids. Depends on nothing else.
 */
@NullMarked
package dev.hookferry.id;

import org.jspecify.annotations.NullMarked;
