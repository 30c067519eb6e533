package dev.hookferry.architecture.offence.http;

import dev.hookferry.architecture.offence.app.ReachesPastTheFacade;

/** An adapter that knows who uses it. */
public record SeesTheApplication(ReachesPastTheFacade user) {}
