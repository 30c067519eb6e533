/**
 * The main job, shown by itself: a server, receivers, QLM's eight events, and what came of them.
 */
@NullMarked
package dev.hookferry.app.demo;

import org.jspecify.annotations.NullMarked;
