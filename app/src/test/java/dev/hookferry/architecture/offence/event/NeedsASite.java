package dev.hookferry.architecture.offence.event;

import dev.hookferry.architecture.offence.site.NeedsAnEvent;

/** One half of a cycle between packages. */
public record NeedsASite(NeedsAnEvent site) {}
