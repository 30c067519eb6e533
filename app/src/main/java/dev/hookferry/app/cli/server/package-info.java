/**
 * Commands that run on this machine, such as serve, listen, doctor, copy and bench. Commands that
 * call a running server are in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.server;

import org.jspecify.annotations.NullMarked;
