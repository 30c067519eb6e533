/** Commands that call a running server. */
@NullMarked
package dev.hookferry.app.cli.client;

import org.jspecify.annotations.NullMarked;
