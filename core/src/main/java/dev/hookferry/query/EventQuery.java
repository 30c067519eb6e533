package dev.hookferry.query;

import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import org.jspecify.annotations.Nullable;

/**
 * Query for events.
 *
 * @param site whose
 * @param type of this type only, or null for all; compared as a whole, no wildcards
 * @param accepted when they were accepted
 * @param page which part; ordered by acceptance, newest first
 */
public record EventQuery(
    SiteId site, @Nullable EventType type, TimeWindow accepted, PageRequest page) {}
