package dev.hookferry.architecture.offence.event;

import com.fasterxml.jackson.databind.JsonNode;

/** Core with a dependency. */
public record UsesALibrary(JsonNode node) {}
