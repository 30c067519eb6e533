package dev.hookferry.architecture.offence.http.client;

import dev.hookferry.architecture.offence.http.GoesAroundTheGuard;

/** An adapter that needs the one whose package is around its own. */
public record SeesTheServer(GoesAroundTheGuard server) {}
