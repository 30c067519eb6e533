package dev.hookferry.architecture.offence.unmarked;

/** Nobody knows what may be null here. */
public final class HasNoNullness {}
