/** Commands that run on this machine: serve, listen, demo, bench. */
@NullMarked
package dev.hookferry.app.cli.server;

import org.jspecify.annotations.NullMarked;
