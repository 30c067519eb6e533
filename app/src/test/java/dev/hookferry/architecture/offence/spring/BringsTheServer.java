package dev.hookferry.architecture.offence.spring;

import dev.hookferry.architecture.offence.http.GoesAroundTheGuard;

/** A starter that brings a second web server. */
public record BringsTheServer(GoesAroundTheGuard server) {}
