package dev.hookferry.architecture.offence.site;

import dev.hookferry.architecture.offence.event.NeedsASite;

/** The other half of the cycle. */
public record NeedsAnEvent(NeedsASite event) {}
