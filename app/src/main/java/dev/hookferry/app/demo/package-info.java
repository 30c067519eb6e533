/**
 * The demo: starts a server and receivers, publishes QLM's eight events, and checks their outcomes.
 * Its HTTP receiver is in {@code app.receiver}.
 */
@NullMarked
package dev.hookferry.app.demo;

import org.jspecify.annotations.NullMarked;
