package dev.hookferry.architecture.offence.jdbc;

import dev.hookferry.architecture.offence.spring.BringsTheServer;

/** An adapter that is of no use without Spring. */
public record SeesTheStarter(BringsTheServer starter) {}
