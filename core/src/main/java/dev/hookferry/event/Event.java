package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, accepted once and never changed.
 *
 * @param id unique within the site
 * @param site whose event it is
 * @param type what kind
 * @param occurredAt when it happened, by the producer's word, else when it was accepted
 * @param acceptedAt when it was accepted
 * @param payload what receivers get, byte for byte
 * @param idempotence how a repeated publish is known, or null if the producer gave neither id nor
 *     key
 */
public record Event(
    EventId id,
    SiteId site,
    EventType type,
    Instant occurredAt,
    Instant acceptedAt,
    Payload payload,
    @Nullable Idempotence idempotence) {}
