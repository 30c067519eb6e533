/**
 * All id types, event type names, and the generation of time-ordered ids. Depends only on argument
 * checks and {@code refusal}. Event types are described in {@code catalog}; uids of endpoints,
 * which callers choose, are checked in {@code internal.endpoint}.
 */
@NullMarked
package dev.hookferry.id;

import org.jspecify.annotations.NullMarked;
