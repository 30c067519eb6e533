/**
 * The demo: starts a server and receivers, publishes QLM's eight events, and checks the outcomes of
 * them. Its HTTP receiver is in {@code app.receiver}.
 */
@NullMarked
package dev.hookferry.app.demo;

import org.jspecify.annotations.NullMarked;
