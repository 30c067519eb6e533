package dev.hookferry.architecture.offence.app;

import dev.hookferry.architecture.offence.engine.Heart;

/** The application at the engine's controls. */
public record ReachesPastTheFacade(Heart heart) {}
