package dev.hookferry.architecture.offence.file;

import dev.hookferry.architecture.offence.jdbc.WiresItself;

/** An adapter that needs another one. */
public record SeesAnotherAdapter(WiresItself other) {}
