package dev.hookferry.architecture.offence.engine;

/** Stands for the engine. */
public final class Heart {}
